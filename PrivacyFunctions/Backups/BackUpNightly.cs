using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Starts the backup of the night at 01:00 UTC, once: the ledger's row decides, since a finished orchestration would be
/// started over. A host that was away makes up for the night when it is back. Then it looks at the nights before, also when
/// this one cannot be begun.
/// </summary>
internal sealed class BackUpNightly(BackupLedger ledger, BackupWatch watch, LegalTime time)
{
    [Function(nameof(BackUpNightly))]
    public async Task RunAsync(
        [TimerTrigger("0 0 1 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var night = BackupLayout.DateOf(now);
        try
        {
            await BeginAsync(client, night, now, cancellation);
        }
        finally
        {
            await watch.LookAsync(night, cancellation);
        }
    }

    private async Task BeginAsync(
        DurableTaskClient client, DateOnly night, DateTimeOffset now, CancellationToken cancellation)
    {
        if ((await ledger.OpenAsync(night, now, cancellation)).IsOver) return;
        await client.StartOnceAsync(
            nameof(BackUp), BackupInput.InstanceOf(night), new BackupInput(BackupInput.CurrentVersion, night), cancellation);
    }
}
