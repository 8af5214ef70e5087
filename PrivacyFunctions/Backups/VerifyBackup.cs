using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Reads a backup back: every chunk is there, is what was written, can be unpacked and has the rows that the manifest says.
/// Until then nobody relies on it.
/// </summary>
internal sealed class VerifyBackup(BackupArchive archive, PartLimits limits)
{
    public static readonly Step<NightPart, NextPart> VerifyPartStep = new(nameof(VerifyPart));
    public static readonly Step<NightStep> Step = new(nameof(VerifyBackup));

    /// <summary>Reads back one part of its chunks.</summary>
    /// <returns>The number of the chunk to go on with, or none when all are read.</returns>
    /// <exception cref="InvalidDataException">The backup is not whole.</exception>
    [Function(nameof(VerifyPart))]
    public async Task<NextPart> VerifyPart([ActivityTrigger] NightPart part, CancellationToken cancellation)
    {
        var chunks = (await OpenAsync(part.Night, cancellation)).Chunks;
        var count = limits.CountOf(chunks.Skip(part.Number));
        await CheckAsync(part.Night, chunks.Skip(part.Number).Take(count), cancellation);
        return part.Number + count < chunks.Count ? new(part.Number + count) : NextPart.None;
    }

    /// <summary>Reads back all of it, as versions 1 and 2 of a night ask for.</summary>
    /// <exception cref="InvalidDataException">The backup is not whole.</exception>
    [Function(nameof(VerifyBackup))]
    public async Task RunAsync([ActivityTrigger] NightStep step, CancellationToken cancellation) =>
        await CheckAsync(step.Night, (await OpenAsync(step.Night, cancellation)).Chunks, cancellation);

    private async Task<BackupManifest> OpenAsync(DateOnly night, CancellationToken cancellation) =>
        (await archive.FindAsync(night, cancellation))?.Manifest ?? throw new InvalidDataException("The night has no backup.");

    private Task CheckAsync(DateOnly night, IEnumerable<BackupChunk> chunks, CancellationToken cancellation) =>
        Parallel.ForEachAsync(chunks, BackupArchive.With(cancellation), async (chunk, stop) =>
        {
            var isWhole = chunk.File is not null
                ? await archive.HashAsync(night, chunk, stop) == chunk.Sha256
                : (await archive.ReadAsync(night, chunk, stop)).Count == chunk.Rows;
            if (!isWhole) throw new InvalidDataException("A chunk of the backup is not what the manifest says.");
        });
}
