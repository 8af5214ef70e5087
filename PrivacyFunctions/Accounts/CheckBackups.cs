using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Domain.Clock;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// The end of T-BACKUP: no backup from before the purge is left. One that is, is opened and searched for the account.
/// </summary>
internal sealed class CheckBackups(CaseStore cases, BackupShelf shelf, OfficerMails officer, LegalTime time)
{
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
        if (await shelf.LookForAsync(purged.Account, purged.PurgedAt!.Value, cancellation) is not BackupFinding.Gone gone)
        {
            await EscalateIfLateAsync(purged, cancellation);
            return false;
        }

        await cases.ExecuteAsync<Termination>(
            step.CaseId, "backups-empty", Actors.System,
            state => TerminationDecisions.NoteBackupsEmpty(state, gone.Opened, gone.ManifestSha256), [], cancellation);
        return true;
    }

    private async Task EscalateIfLateAsync(Termination purged, CancellationToken cancellation)
    {
        var promised = TerminationClock.BackupsGoneBy(DateOnly.FromDateTime(purged.PurgedAt!.Value.UtcDateTime));
        var today = DateOnly.FromDateTime((await time.NowAsync(cancellation)).UtcDateTime);
        if (today >= promised)
            await officer.TellOnceAsync(purged.Id, "backups-late", TerminationLetters.BackupsLate(purged, promised), cancellation);
    }
}
