using CsCheck;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Backups.Model;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations.Model;

[Clause("L8")]
[Clause("T-ACTIVE")]
public class TerminationClockTests
{
    private static readonly DateOnly First = new(2024, 1, 1);
    private static readonly DateOnly Last = new(2031, 12, 31);

    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Long[new DateTime(2024, 1, 1).Ticks, new DateTime(2099, 12, 31).Ticks]
            .Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private static readonly Gen<CaseId> Ids =
        Gen.UShort.Select(end => CaseId.Parse($"0123456789abcdef0123456789ab{end:x4}"));

    private static IEnumerable<DateOnly> EveryDay =>
        Enumerable.Range(First.DayNumber, Last.DayNumber - First.DayNumber + 1).Select(DateOnly.FromDayNumber);

    /// <summary>The rows of docs/legal-clock.md by their numbers; the last column counts from a purge on the deadline.</summary>
    [Theory]
    [Clause("T-BACKUP")]
    [InlineData(16, "2026-04-01", "2026-04-15", "2026-06-24", "2026-07-01", "2026-08-01")]
    [InlineData(17, "2026-03-31", "2026-04-14", "2026-06-23", "2026-06-30", "2026-07-30")]
    [InlineData(18, "2026-02-10", "2026-02-24", "2026-04-01", "2026-05-10", "2026-06-10")]
    [InlineData(19, "2026-03-10", "2026-03-24", "2026-06-03", "2026-06-10", "2026-07-10")]
    [InlineData(20, "2026-03-02", "2026-03-16", "2026-04-01", "2026-06-02", "2026-07-02")]
    public void Plan_WorkedRow_IsAsWritten(
        int row, string terminated, string undo, string purge, string deadline, string backupsAtTheLatest)
    {
        var dates = TerminationClock.Plan(DateOnly.Parse(terminated), 14, 30);
        Assert.True(dates.TerminatedOn == DateOnly.Parse(terminated), $"Row {row}: {dates.Trace}");
        Assert.Equal(DateOnly.Parse(undo), dates.UndoOn);
        Assert.Equal(DateOnly.Parse(purge), dates.PurgeOn);
        Assert.Equal(DateOnly.Parse(deadline), dates.Deadline);
        Assert.Equal(DateOnly.Parse(backupsAtTheLatest), TerminationClock.BackupsGoneBy(dates.Deadline));
        Assert.Contains(purge, dates.Trace);
    }

    /// <summary>Operators read how the dates came about.</summary>
    [Theory]
    [InlineData(
        "2026-02-10",
        "L8: terminated 2026-02-10, to be undone until 2026-02-24; deadline + 3 months = 2026-05-10; purge on 2026-04-01: "
        + "the first quarterly cleanup after the time to undo and not before day 30")]
    [InlineData(
        "2026-04-01",
        "L8: terminated 2026-04-01, to be undone until 2026-04-15; deadline + 3 months = 2026-07-01; purge on 2026-06-24: "
        + "7 days before the deadline, as the next cleanup is on 2026-07-01")]
    [InlineData( // a cleanup on the last day that leaves room
        "2026-01-08",
        "L8: terminated 2026-01-08, to be undone until 2026-01-22; deadline + 3 months = 2026-04-08; purge on 2026-04-01: "
        + "the first quarterly cleanup after the time to undo and not before day 30")]
    public void Trace_OfAPlan_SaysWhyThatDay(string terminated, string trace) =>
        Assert.Equal(trace, TerminationClock.Plan(DateOnly.Parse(terminated), 14, 30).Trace);

    [Fact]
    [Clause("T-BACKUP")]
    public void CheckAt_TheFirstAndTheLastCase_AreSixHoursApart()
    {
        var purgedAt = new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(new(2026, 4, 29, 2, 0, 0, TimeSpan.Zero), BackupsClock.CheckAt(purgedAt, CaseId.Parse(new string('f', 28) + "0000")));
        Assert.Equal(new(2026, 4, 29, 8, 0, 0, TimeSpan.Zero), BackupsClock.CheckAt(purgedAt, CaseId.Parse(new string('0', 28) + "ffff")));
    }

    [Fact]
    public void BackupsGoneBy_Row18_IsAMonthAfterItsPurgeEnds() =>
        Assert.Equal(new DateOnly(2026, 5, 1), TerminationClock.BackupsGoneBy(new(2026, 4, 1)));

    [Theory]
    [InlineData(7, 30)]
    [InlineData(14, 0)]
    [InlineData(14, 30)]
    [InlineData(14, 60)]
    [InlineData(30, 30)]
    public void Plan_EveryStartDateOfEightYears_LeavesTimeToUndoAndToFetchAndTheRoomBeforeTheDeadline(int undoDays, int retrievalDays)
    {
        foreach (var day in EveryDay)
        {
            var dates = TerminationClock.Plan(day, undoDays, retrievalDays);
            Assert.Equal(day.AddDays(undoDays), dates.UndoOn);
            Assert.Equal(day.AddMonths(3), dates.Deadline);
            Assert.True(dates.PurgeOn > dates.UndoOn, dates.Trace);
            Assert.True(dates.PurgeOn <= dates.Deadline.AddDays(-7), dates.Trace);
            Assert.True(IsCleanup(dates.PurgeOn) || dates.PurgeOn == dates.Deadline.AddDays(-7), dates.Trace);
            Assert.True(dates.PurgeOn >= day.AddDays(retrievalDays), dates.Trace);
            var cleanup = FirstCleanupAfter(day.AddDays(Math.Max(undoDays, retrievalDays - 1)));
            Assert.True(dates.PurgeOn == cleanup || cleanup > dates.Deadline.AddDays(-7), dates.Trace);
        }
    }

    /// <summary>Why the rule takes the earlier of two dates, counted over the four years of which it speaks.</summary>
    [Theory]
    [InlineData(7, 112)]
    [InlineData(14, 224)]
    [InlineData(30, 480)]
    public void Plan_StartDatesThatCleanupsAloneWouldMiss_AreAsManyAsTheRuleSays(int undoDays, int missed)
    {
        var plans = EveryDay.Take(1461).Select(day => TerminationClock.Plan(day, undoDays, retrievalDays: 0)).ToList();
        Assert.Equal(missed, plans.Count(dates => TerminationClock.CleanupAfter(dates.UndoOn) > dates.Deadline));
    }

    [Fact]
    public void Plan_WithoutTimeToFetch_PurgesAsManyBeforeDay30AsTheRuleSays() => Assert.Equal(240, EveryDay.Take(1461)
        .Select(day => TerminationClock.Plan(day, undoDays: 14, retrievalDays: 0))
        .Count(dates => dates.PurgeOn < dates.TerminatedOn.AddDays(30)));

    [Fact]
    public void CleanupAfter_EveryDay_IsTheNextFirstOfAQuarter()
    {
        foreach (var day in EveryDay)
        {
            Assert.Equal(FirstCleanupAfter(day), TerminationClock.CleanupAfter(day));
            Assert.Equal(FirstCleanupAfter(day), TerminationClock.CleanupAfter(TerminationClock.CleanupOnOrBefore(day)));
            Assert.True(IsCleanup(TerminationClock.CleanupOnOrBefore(day)) && TerminationClock.CleanupOnOrBefore(day) <= day);
        }
    }

    [Fact]
    [Clause("T-BACKUP")]
    public void CheckAt_AnyPurgeAndCase_IsWhenTheLastBackupThatHeldItIsKilledAndWithinTheMonth() =>
        Gen.Select(Instants, Ids).Sample((purgedAt, id) =>
        {
            var (purgedOn, at) = (DateOf(purgedAt), BackupsClock.CheckAt(purgedAt, id));
            return DateOf(at) == purgedOn.AddDays(TerminationClock.BackupDays)
                && DateOf(at) <= TerminationClock.BackupsGoneBy(purgedOn)
                && DateOf(at) == BackupLayout.KillOn(purgedOn)
                && at.TimeOfDay >= TimeSpan.FromHours(2)
                && at.TimeOfDay <= TimeSpan.FromHours(8);
        });

    [Fact]
    [Clause("T-BACKUP")]
    public void CheckAt_EveryPurgeDateOfEightYears_IsOnTheLastDayOfTheMonthAtTheLatest()
    {
        var id = CaseId.Parse(new string('f', 32));
        foreach (var day in EveryDay)
        {
            var at = BackupsClock.CheckAt(new(day, new(23, 59, 59), TimeSpan.Zero), id);
            Assert.InRange(DateOf(at), day.AddDays(28), TerminationClock.BackupsGoneBy(day));
        }
    }

    private static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    private static bool IsCleanup(DateOnly day) => day is { Day: 1, Month: 1 or 4 or 7 or 10 };

    private static DateOnly FirstCleanupAfter(DateOnly day)
    {
        do day = day.AddDays(1);
        while (!IsCleanup(day));
        return day;
    }
}
