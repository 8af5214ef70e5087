using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Deletes the backups whose kill date has come (T-BACKUP). It fails when one of them could not be deleted or read, after it
/// dealt with all others.
/// </summary>
internal sealed class DeleteOldBackups(BackupShelf shelf)
{
    public static readonly Step<NightStep> Step = new(nameof(DeleteOldBackups));

    [Function(nameof(DeleteOldBackups))]
    public async Task RunAsync([ActivityTrigger] NightStep step, CancellationToken cancellation)
    {
        if ((await shelf.DeleteDueAsync(cancellation)).Troubled.Count > 0)
            throw new InvalidOperationException("A backup could not be deleted or read: the ledger shows which.");
    }
}
