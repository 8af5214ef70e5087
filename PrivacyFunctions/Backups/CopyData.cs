using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Policy;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Copies the active data into the night's folder. One that is there already stays; a copy that died half-way is made again
/// from the beginning, with a birth of its own.
/// </summary>
internal sealed class CopyData(
    DataMapRegister map, StoreCopies stores, BackupArchive archive, BackupLedger ledger, LegalTime time)
{
    [Function(nameof(CopyData))]
    public async Task<BackupSize> RunAsync([ActivityTrigger] NightStep step, CancellationToken cancellation)
    {
        if (await archive.FindAsync(step.Night, cancellation) is null)
        {
            await archive.ClearAsync(step.Night, cancellation);
            await archive.StoreAsync(step.Night, await CopyAsync(step.Night, cancellation), cancellation);
        }

        var stored = await archive.FindAsync(step.Night, cancellation)
            ?? throw new InvalidDataException("The manifest that was just written is not there.");
        await ledger.NoteCopiedAsync(stored, cancellation);
        return new(stored.Manifest.Chunks.Count, stored.Manifest.Rows, stored.Manifest.Bytes);
    }

    private async Task<BackupManifest> CopyAsync(DateOnly night, CancellationToken cancellation)
    {
        var born = await time.NowAsync(cancellation);
        var all = BackupStore.AllOf(map);
        var earlier = await EarlierChunks.BeforeAsync(archive, night, cancellation);
        var copied = new List<BackupChunk>[all.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, all.Count), BackupArchive.With(cancellation), async (place, stop) =>
        {
            copied[place] = [];
            await foreach (var chunk in stores.CopyAsync(night, all[place], earlier, stop)) copied[place].Add(chunk);
        });
        return BackupManifest.Of(born, [.. copied.SelectMany(chunks => chunks)]);
    }
}
