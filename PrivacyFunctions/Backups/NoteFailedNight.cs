using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Shows that a night's step failed for good, in the ledger and, once for each night and step, to the Data Protection
/// Officer; the next night tries anew. What is wrong with an older backup stands in the row of that one (<see cref="BackupShelf"/>)
/// and not in tonight's, which keeps its own failure or is good.
/// </summary>
internal sealed class NoteFailedNight(BackupLedger ledger, OfficerMails officer, ILogger<NoteFailedNight> log)
{
    public static readonly Step<FailedNight> Step = new(nameof(NoteFailedNight));

    [Function(nameof(NoteFailedNight))]
    public async Task RunAsync([ActivityTrigger] FailedNight failed, CancellationToken cancellation)
    {
        log.LogError("The backup of {Night} needs attention: {Step} failed", failed.Night, failed.Step);
        if (failed.Step != nameof(DeleteOldBackups)) await ledger.NoteAttentionAsync(failed.Night, failed.Step, cancellation);
        OfficerDraft letter = failed.Step == nameof(DeleteOldBackups)
            ? new OldBackupStays(failed.Night, failed.Step)
            : new BackupFailed(failed.Night, failed.Step);
        await officer.TellOnceAsync(ledger.NameOf(failed.Night), failed.Step, letter, cancellation);
    }
}
