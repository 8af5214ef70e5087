namespace PrivacyFunctions.Terminations.Model;

/// <summary>
/// When an account that ends is emptied (rule L8 of the legal clock; T-ACTIVE, T-BACKUP). All are local dates of the
/// company's legal time zone, except the backups' which are UTC dates; none is ever rolled for a weekend.
/// </summary>
public static class TerminationClock
{
    /// <summary>
    /// No backup lives longer, which is the shortest calendar month: whatever leaves the active database leaves the backups
    /// within one month.
    /// </summary>
    public const int BackupDays = 28;

    private const int MonthsToEmpty = 3;
    private const int MonthsOfBackups = 1;
    private const int MonthsBetweenCleanups = 3;

    // So that retries and holds have room before the deadline.
    private const int DaysOfRoom = 7;

    /// <summary>The dates of a termination that takes effect on that day.</summary>
    /// <param name="terminatedOn">The day on which the owner's confirmation or the company's decision takes effect.</param>
    /// <param name="undoDays">How long it can be undone; the day itself is not counted (Regulation 1182/71 art. 3(1)).</param>
    /// <param name="retrievalDays">
    /// For how long the customer can fetch the data before a cleanup counts (Regulation (EU) 2023/2854 art. 25(2)(g)).
    /// </param>
    public static TerminationDates Plan(DateOnly terminatedOn, int undoDays, int retrievalDays)
    {
        var undoOn = terminatedOn.AddDays(undoDays);
        var deadline = terminatedOn.AddMonths(MonthsToEmpty);
        var cleanup = CleanupAfter(terminatedOn.AddDays(Math.Max(undoDays, retrievalDays - 1))); // one on day 30 counts
        var latest = deadline.AddDays(-DaysOfRoom);
        var (purgeOn, why) = cleanup <= latest
            ? (cleanup, $"the first quarterly cleanup after the time to undo and not before day {retrievalDays}")
            : (latest, $"{DaysOfRoom} days before the deadline, as the next cleanup is on {cleanup:yyyy-MM-dd}");
        return new(
            terminatedOn, undoOn, purgeOn, deadline,
            $"L8: terminated {terminatedOn:yyyy-MM-dd}, to be undone until {undoOn:yyyy-MM-dd}; "
            + $"deadline + {MonthsToEmpty} months = {deadline:yyyy-MM-dd}; purge on {purgeOn:yyyy-MM-dd}: {why}");
    }

    /// <summary>The last day on which a backup may still hold what was purged by that day (UTC).</summary>
    public static DateOnly BackupsGoneBy(DateOnly purgedOn) => purgedOn.AddMonths(MonthsOfBackups);

    /// <summary>The newest quarterly cleanup that is not after that day.</summary>
    public static DateOnly CleanupOnOrBefore(DateOnly day) =>
        new(day.Year, day.Month - (day.Month - 1) % MonthsBetweenCleanups, 1);

    /// <summary>The first quarterly cleanup (1 January, April, July, October) strictly after that day.</summary>
    public static DateOnly CleanupAfter(DateOnly day) => CleanupOnOrBefore(day).AddMonths(MonthsBetweenCleanups);
}

/// <summary>The dates of a termination, with the trace of the rules that made them.</summary>
/// <param name="TerminatedOn">When it took effect.</param>
/// <param name="UndoOn">The last day on which it can be undone.</param>
/// <param name="PurgeOn">The day on which the purge of the active database starts.</param>
/// <param name="Deadline">The last day on which the active database may hold anything of the account.</param>
/// <param name="Trace">The rules and dates they came from, for people.</param>
public sealed record TerminationDates(
    DateOnly TerminatedOn, DateOnly UndoOn, DateOnly PurgeOn, DateOnly Deadline, string Trace);
