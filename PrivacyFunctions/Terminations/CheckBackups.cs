using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Backups.Model;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// The end of T-BACKUP: no backup from before the purge is left. One that is, is opened and searched for the account.
/// </summary>
internal sealed class CheckBackups(
    CaseStore cases, BackupShelf shelf, AccountOwners owners, OfficerMails officer, LegalTime time)
{
    public static readonly Step<CaseStep, BackupsCheck> ScheduleBackupsCheckStep = new(nameof(ScheduleBackupsCheck));
    public static readonly Step<CaseStep, bool> Step = new(nameof(CheckBackups));

    // Time to look into it while the promise can still be kept; in February all the time that there is.
    private const int DaysBefore = 2;

    /// <summary>When that can be true at the earliest: the shelf has been cleared of the last one that held the account.</summary>
    [Function(nameof(ScheduleBackupsCheck))]
    public async Task<BackupsCheck> ScheduleBackupsCheck([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var purged = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        return new(BackupsClock.CheckAt(purged.PurgedAt!.Value, step.CaseId));
    }

    /// <returns>Whether nothing is left; if not, it is asked again.</returns>
    [Function(nameof(CheckBackups))]
    public async Task<bool> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var purged = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        var isReused = await owners.FindAnotherAsync(purged, cancellation) is not null; // then a newer backup holds the new account
        if (await shelf.LookForAsync(isReused ? null : purged.Account, purged.PurgedAt!.Value, cancellation)
            is not BackupFinding.Gone gone)
        {
            await EscalateIfLateAsync(purged, cancellation);
            return false;
        }

        await cases.ExecuteAsync<Termination>(
            step.CaseId, $"backups-empty-{Text(purged.PurgedAt.Value)}", Actors.System,
            state => TerminationDecisions.NoteBackupsEmpty(state, gone.Opened, gone.ManifestSha256), [], cancellation);
        return true;
    }

    private async Task EscalateIfLateAsync(Termination purged, CancellationToken cancellation)
    {
        var purgedAt = purged.PurgedAt!.Value;
        var promised = TerminationClock.BackupsGoneBy(DateOnly.FromDateTime(purgedAt.UtcDateTime));
        var today = DateOnly.FromDateTime((await time.NowAsync(cancellation)).UtcDateTime);
        if (today >= promised.AddDays(-DaysBefore))
            await officer.TellOnceAsync(
                purged.Id, $"backups-late-{Text(purgedAt)}", new BackupsLate(purged.Id, promised), cancellation);
    }

    private static string Text(DateTimeOffset purgedAt) =>
        purgedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}
