using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Backups.Model;

/// <summary>When the backups are free of what was purged (T-BACKUP). In UTC dates, as backups are dated.</summary>
public static class BackupsClock
{
    // The nightly run clears the shelf at one o'clock; the looks into it are spread over six hours by the case's reference.
    private static readonly TimeSpan AfterTheNight = TimeSpan.FromHours(2);
    private static readonly TimeSpan Spread = TimeSpan.FromHours(6);

    /// <summary>
    /// The instant of the look: on the day on which the last backup that may hold the data is killed, 28 days after the
    /// purge's end, and so never after the calendar month that was promised.
    /// </summary>
    public static DateTimeOffset CheckAt(DateTimeOffset purgedAt, CaseId id)
    {
        var day = new DateTimeOffset(purgedAt.UtcDateTime.Date.AddDays(TerminationClock.BackupDays), TimeSpan.Zero);
        return day + AfterTheNight + Spread * (Convert.ToUInt16(id.Value[^4..], 16) / (double)ushort.MaxValue);
    }
}
