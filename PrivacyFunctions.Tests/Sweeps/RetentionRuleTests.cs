using System.Globalization;
using NodaTime.Text;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>Worked dates: a record stays for the whole of its last day, and goes on the next one.</summary>
[Clause("K-SCHEDULE")]
public class RetentionRuleTests
{
    [Theory]
    [InlineData("P12M", "2025-03-02T10:00:00Z", "2026-03-02")]
    [InlineData("P1M", "2026-01-31T23:59:59Z", "2026-02-28")] // the shorter month's last day
    [InlineData("P1M", "2028-01-31T00:00:00Z", "2028-02-29")]
    [InlineData("P1M", "2026-02-28T12:00:00Z", "2026-03-28")]
    [InlineData("P1M", "2026-03-31T12:00:00Z", "2026-04-30")]
    [InlineData("P5Y", "2024-02-29T12:00:00Z", "2029-02-28")] // from a leap day
    [InlineData("P4Y", "2024-02-29T12:00:00Z", "2028-02-29")]
    [InlineData("P13M", "2025-12-31T12:00:00Z", "2027-01-31")]
    [InlineData("P6M", "2025-08-31T12:00:00Z", "2026-02-28")]
    [InlineData("P30D", "2026-02-15T12:00:00Z", "2026-03-17")]
    [InlineData("P30D", "2028-02-15T12:00:00Z", "2028-03-16")]
    [InlineData("P0D", "2026-03-02T23:00:00Z", "2026-03-02")]
    [InlineData("P1M", "2026-03-01T00:30:00+02:00", "2026-03-28")] // 28 February, UTC
    [InlineData("PT36H", "2026-03-02T18:00:00Z", "2026-03-04")]
    public void AgeOf_LastDayAndTheDayAfter_IsNotYetAndThenPast(string period, string from, string lastDay)
    {
        var (rule, anchor) = (Rule(period), DateTimeOffset.Parse(from, CultureInfo.InvariantCulture));
        var last = DateOnly.ParseExact(lastDay, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        Assert.Equal(Age.NotYet, RetentionRule.AgeOf(rule, anchor, null, last));
        Assert.Equal(Age.Past, RetentionRule.AgeOf(rule, anchor, null, last.AddDays(1)));
        Assert.Equal(Age.Past, RetentionRule.AgeOf(rule, from, null, last.AddDays(1))); // as a text, too
        Assert.Equal(Age.NotYet, RetentionRule.AgeOf(rule, from, null, last));
    }

    [Fact]
    public void AgeOf_Nothing_HasNoDate() => Assert.Equal(Age.NoDate, On(null));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("03/04/2020")] // March or April
    [InlineData("12:00")] // of today, a parser would say
    [InlineData("2020-02-30")]
    [InlineData("1970-01-01")] // what programs write where they know nothing
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData(0)]
    [InlineData(20200101)]
    [InlineData(false)]
    public void AgeOf_WhatIsNoDate_IsUnreadableAndNeverPast(object stored) => Assert.Equal(Age.Unreadable, On(stored));

    [Fact]
    public void AgeOf_Future_IsNotYetHoweverFar()
    {
        Assert.Equal(Age.NotYet, On(DateTimeOffset.MaxValue));
        Assert.Equal(Age.NotYet, On("9999-12-31"));
    }

    [Theory]
    [InlineData(null, nameof(Age.Past))]
    [InlineData("2019-12-31", nameof(Age.Past))] // the subscription that was given up
    [InlineData("2020-01-01", nameof(Age.Past))] // at the same instant the withdrawal wins
    [InlineData("2020-01-02", nameof(Age.NoDate))] // a new one
    [InlineData("2099-01-01", nameof(Age.NoDate))]
    [InlineData("last summer", nameof(Age.Unreadable))]
    public void AgeOf_ALaterEvent_TakesTheFirstOneBack(string? later, string expected) => Assert.Equal(
        expected, RetentionRule.AgeOf(Rule("P1M"), "2020-01-01", later, new(2026, 3, 2)).ToString());

    private static Age On(object? stored) => RetentionRule.AgeOf(Rule("P1M"), stored, null, new(2026, 3, 2));

    private static Retention.After Rule(string period) =>
        new(PeriodPattern.NormalizingIso.Parse(period).Value, "the event", "At", "In words.");
}
