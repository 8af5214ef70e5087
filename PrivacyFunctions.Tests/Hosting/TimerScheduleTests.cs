using System.Globalization;
using Microsoft.Extensions.Configuration;
using PrivacyFunctions.LocalHost.Hosting;

namespace PrivacyFunctions.Tests.Hosting;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 30 9 * * *", "", "2026-03-01T09:30:00Z", "2026-03-02T09:30:00Z")]
    [InlineData("30 9 * * *", "", "2026-03-01T09:00:00Z", "2026-03-01T09:30:00Z")] // five fields: no seconds
    [InlineData("0 0 0 1 1,4,7,10 *", "", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")] // quarterly
    [InlineData("0 30 9 * * *", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-01-01T08:30:00Z")]
    [InlineData("0 30 9 * * *", "Europe/Berlin", "2026-07-01T00:00:00Z", "2026-07-01T07:30:00Z")]
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // 02:30 does not exist that night
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // 02:30 comes twice: the first
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void Next_ByExpressionAndTimeZone_IsTheFirstOccurrenceAfter(string expression, string zone, string after, string next)
        => Assert.Equal(Instant(next), Parse(expression, zone).Next(Instant(after)));

    [Theory]
    [InlineData("0 0 0 * * *", true, false)]
    [InlineData("0 0 6 1 1 *", true, false)]
    [InlineData("0 0 0,12 * * *", false, false)]
    [InlineData("0 0 6,18 * * 1", false, false)]
    [InlineData("0 * * * * *", false, false)]
    [InlineData("*/10 * * * * *", false, true)]
    public void Frequency_OfAnExpression_IsSeenFromItsOccurrences(string expression, bool dailyOrRarer, bool withinAMinute)
    {
        var schedule = Parse(expression, "");
        Assert.Equal((dailyOrRarer, withinAMinute), (schedule.IsDailyOrRarer, schedule.IsWithinAMinute));
    }

    [Theory]
    [InlineData("", "is no NCRONTAB expression")]
    [InlineData("0 0 25 * * *", "is no NCRONTAB expression")]
    [InlineData("00:30:00", "is no NCRONTAB expression")]
    [InlineData("0 0 0 31 2 *", "never comes due")]
    [InlineData("%Missing%", "the app setting %Missing% for its schedule is missing")]
    public void Parse_ScheduleThatCannotBeKept_IsRefused(string expression, string reason)
        => Assert.Contains(reason, Assert.Throws<FunctionStartupException>(() => Parse(expression, "")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_UnknownTimeZone_IsRefused()
        => Assert.Contains(
            "Moon/Base",
            Assert.Throws<FunctionStartupException>(() => Parse("0 0 0 * * *", "Moon/Base")).Message,
            StringComparison.Ordinal);

    private static TimerSchedule Parse(string expression, string zone) => TimerSchedule.Parse(
        "X", expression, new ConfigurationBuilder().AddInMemoryCollection([new("WEBSITE_TIME_ZONE", zone)]).Build());

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
