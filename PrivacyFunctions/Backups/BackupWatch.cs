using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Sees from the ledger what no night can tell of itself: that it stands still or runs into the next one, or that there was
/// none. The Data Protection Officer is told once of each.
/// </summary>
internal sealed class BackupWatch(BackupLedger ledger, OfficerMails officer, ILogger<BackupWatch> log)
{
    private const string NotOver = "not-over";
    private const string NoneSince = "none-since";

    /// <summary>Looks at the nights before that one.</summary>
    public async Task LookAsync(DateOnly tonight, CancellationToken cancellation)
    {
        // Those of as long as a backup lives, as earlier looks may have failed, and back to the newest that is verified.
        var (nights, isVerified) = (new List<BackupEntry>(), false);
        await foreach (var entry in ledger.EntriesAsync(tonight, cancellation))
        {
            if (isVerified && entry.Night < tonight.AddDays(-BackupLayout.LifeInDays)) break;
            nights.Add(entry);
            isVerified |= entry.VerifiedAt is not null;
        }

        var mails = new List<Task>();
        foreach (var night in MissedNights.NotOver(nights))
        {
            log.LogError("The backup of {Night} is not over, and the next night has begun", night);
            mails.Add(TellAsync(night, NotOver, new BackupNotOver(night), cancellation));
        }

        if (MissedNights.NoneSince(tonight, nights) is { } newest)
        {
            log.LogError("No backup that was begun after {Night} has been verified", newest);
            mails.Add(TellAsync(newest, NoneSince, new NoBackupSince(newest), cancellation));
        }

        await Task.WhenAll(mails); // one that fails stops no other, and is tried again by the next look
    }

    private async Task TellAsync(DateOnly night, string mail, OfficerDraft letter, CancellationToken cancellation) =>
        await officer.TellOnceAsync(ledger.NameOf(night), mail, letter, cancellation);
}

/// <summary>What is wrong with the nights before one. Pure.</summary>
internal static class MissedNights
{
    private const int TooOldInDays = 2;

    /// <summary>Those that were begun and neither verified nor given up, oldest first.</summary>
    public static IReadOnlyList<DateOnly> NotOver(IEnumerable<BackupEntry> before) =>
        [.. before.Where(night => night is { StartedAt: not null, IsOver: false }).Select(night => night.Night).Order()];

    /// <summary>
    /// The newest verified night if it lies two days back or more; where none was ever verified, the first that was begun.
    /// Null if all is well, and before there was a first night.
    /// </summary>
    /// <param name="tonight">The night that begins now, which does not count.</param>
    /// <param name="before">Those before it, newest first.</param>
    public static DateOnly? NoneSince(DateOnly tonight, IReadOnlyList<BackupEntry> before) =>
        (before.FirstOrDefault(night => night.VerifiedAt is not null) ?? before.LastOrDefault(night => night.StartedAt is not null))
            is { } newest && newest.Night.AddDays(TooOldInDays) <= tonight
                ? newest.Night
                : null;
}
