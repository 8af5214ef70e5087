using System.Globalization;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The dates of L8 as instants: midnights where the company is, whatever its clocks did meanwhile.</summary>
[Clause("L8")]
public class TerminationInstantsTests
{
    private static readonly TerminationPlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), 14);

    /// <summary>Each row: where, when it takes effect; the local date, and the three instants.</summary>
    [Theory]
    // The evening of one day, and the first second of the next; summer time begins before the purge.
    [InlineData(
        "Europe/Berlin", "2026-02-10T22:59:59Z", "2026-02-10",
        "2026-02-24T23:00Z", "2026-03-31T22:00Z", "2026-05-10T22:00Z")]
    [InlineData(
        "Europe/Berlin", "2026-02-10T23:00:00Z", "2026-02-11",
        "2026-02-25T23:00Z", "2026-03-31T22:00Z", "2026-05-11T22:00Z")]
    // The window ends in the night in which summer time begins, and in the one in which it ends.
    [InlineData(
        "Europe/Berlin", "2026-03-14T12:00:00Z", "2026-03-14",
        "2026-03-28T23:00Z", "2026-06-06T22:00Z", "2026-06-14T22:00Z")]
    [InlineData(
        "Europe/Berlin", "2026-10-10T12:00:00Z", "2026-10-10",
        "2026-10-24T22:00Z", "2026-12-31T23:00Z", "2027-01-10T23:00Z")]
    [InlineData(
        "Europe/Berlin", "2026-10-11T12:00:00Z", "2026-10-11",
        "2026-10-25T23:00Z", "2026-12-31T23:00Z", "2027-01-11T23:00Z")]
    // West and east of UTC the same instant is another date.
    [InlineData(
        "America/New_York", "2026-02-11T04:59:59Z", "2026-02-10",
        "2026-02-25T05:00Z", "2026-04-01T04:00Z", "2026-05-11T04:00Z")]
    [InlineData(
        "Asia/Tokyo", "2026-02-10T15:00:00Z", "2026-02-11",
        "2026-02-25T15:00Z", "2026-03-31T15:00Z", "2026-05-11T15:00Z")]
    public void Terminate_AtThatInstant_LeadsToLocalMidnights(
        string zone, string at, string on, string undoUntil, string purgeFrom, string purgeBy)
    {
        var effect = LegalTimes.In(zone).Terminate(Plan, Instant(at));
        Assert.Equal(DateOnly.Parse(on), effect.Dates.TerminatedOn);
        Assert.Equal(
            (Instant(undoUntil), Instant(purgeFrom), Instant(purgeBy)),
            (effect.Instants.UndoUntil, effect.Instants.PurgeFrom, effect.Instants.PurgeBy));
    }

    /// <summary>In Cairo summer time begins at midnight: that day has none, and begins at one o'clock.</summary>
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Tokyo")]
    [InlineData("Africa/Cairo")]
    public void StartOf_EveryDayOfEightYears_IsTheFirstInstantOfThatDay(string zone)
    {
        var time = LegalTimes.In(zone);
        for (var day = new DateOnly(2024, 1, 1); day.Year < 2032; day = day.AddDays(1))
        {
            var start = time.StartOf(day);
            Assert.Equal(TimeSpan.Zero, start.Offset);
            Assert.Equal((day, day.AddDays(-1)), (time.DateOf(start), time.DateOf(start.AddTicks(-1))));
        }
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
