using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.Backups;

/// <summary>Deletes the backups whose kill date has come (T-BACKUP).</summary>
internal sealed class DeleteOldBackups(BackupShelf shelf)
{
    [Function(nameof(DeleteOldBackups))]
    public Task RunAsync([ActivityTrigger] NightStep step, CancellationToken cancellation) => shelf.DeleteDueAsync(cancellation);
}
