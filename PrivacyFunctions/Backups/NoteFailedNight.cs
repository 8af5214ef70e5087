using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.Backups;

/// <summary>Shows that a night's step failed for good, so that a person looks; the next night tries anew.</summary>
internal sealed class NoteFailedNight(BackupLedger ledger, ILogger<NoteFailedNight> log)
{
    [Function(nameof(NoteFailedNight))]
    public async Task RunAsync([ActivityTrigger] FailedNight failed, CancellationToken cancellation)
    {
        log.LogError("The backup of {Night} needs attention: {Step} failed", failed.Night, failed.Step);
        await ledger.NoteAttentionAsync(failed.Night, failed.Step, cancellation);
    }
}
