using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;

namespace PrivacyFunctions.Backups;

/// <summary>Notes that a backup is whole: from now on it can stand in for older ones.</summary>
internal sealed class NoteVerified(BackupLedger ledger, LegalTime time)
{
    public static readonly Step<NightStep> Step = new(nameof(NoteVerified));

    [Function(nameof(NoteVerified))]
    public async Task RunAsync([ActivityTrigger] NightStep step, CancellationToken cancellation) =>
        await ledger.NoteVerifiedAsync(step.Night, await time.NowAsync(cancellation), cancellation);
}
