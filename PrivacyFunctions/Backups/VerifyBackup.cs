using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Reads a backup back: every chunk is there, is what was written, can be unpacked and has the rows that the manifest says.
/// Until then nobody relies on it.
/// </summary>
internal sealed class VerifyBackup(BackupArchive archive)
{
    [Function(nameof(VerifyBackup))]
    public async Task RunAsync([ActivityTrigger] NightStep step, CancellationToken cancellation)
    {
        var stored = await archive.FindAsync(step.Night, cancellation)
            ?? throw new InvalidDataException("The night has no backup.");
        await Parallel.ForEachAsync(stored.Manifest.Chunks, BackupArchive.With(cancellation), async (chunk, stop) =>
        {
            var isWhole = chunk.File is not null
                ? await archive.HashAsync(step.Night, chunk, stop) == chunk.Sha256
                : (await archive.ReadAsync(step.Night, chunk, stop)).Count == chunk.Rows;
            if (!isWhole) throw new InvalidDataException("A chunk of the backup is not what the manifest says.");
        });
    }
}
