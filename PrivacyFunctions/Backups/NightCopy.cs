using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Copies the active data of a night in parts of bounded work. A part goes on where the one before it ended, and is made once:
/// whoever asks again finds it. The manifest, written last, has the chunks of all parts, as one long call would have made them.
/// </summary>
internal sealed class NightCopy(
    DataMapRegister map, StoreCopies stores, BackupArchive archive, LegalTime time, PartLimits limits)
{
    private readonly CopyParts _parts = new(archive);

    /// <summary>Makes a part, unless it was made.</summary>
    /// <param name="night">The night.</param>
    /// <param name="number">The part, from 0. The one before it must be there and not the last.</param>
    /// <param name="cancellation">Stops it; calling again repeats this part only.</param>
    /// <exception cref="InvalidDataException">The part before it is gone: the night was given up or is over.</exception>
    public async Task<CopiedPart> PartAsync(DateOnly night, int number, CancellationToken cancellation)
    {
        if (await _parts.FindAsync(night, number, cancellation) is { } made) return made;
        var (born, from) = number == 0
            ? (await BeginAsync(cancellation), CopyCursor.Beginning)
            : await _parts.FindAsync(night, number - 1, cancellation) is { } before
                ? (before.Born, before.Next)
                : throw new InvalidDataException("The copy of the night cannot go on: the part before is not there.");
        return await _parts.AddAsync(night, number, await CopyAsync(night, born, from, cancellation), cancellation);
    }

    /// <summary>Makes what is left of the parts, and the night a backup; removes what is not of it.</summary>
    public async Task FinishAsync(DateOnly night, CancellationToken cancellation)
    {
        var parts = new List<CopiedPart>();
        do
            parts.Add(await PartAsync(night, parts.Count, cancellation));
        while (!parts[^1].IsLast);

        var manifest = BackupManifest.Of(parts[0].Born, [.. parts.SelectMany(part => part.Chunks)]);
        await archive.TryAddAsync(BackupLayout.Manifest(night), manifest.Write(), cancellation);
    }

    private async Task<DateTimeOffset> BeginAsync(CancellationToken cancellation)
    {
        await archive.OpenAsync(cancellation);
        return (await time.NowAsync(cancellation)).ToUniversalTime();
    }

    private async Task<CopiedPart> CopyAsync(
        DateOnly night, DateTimeOffset born, CopyCursor cursor, CancellationToken cancellation)
    {
        var all = BackupStore.AllOf(map);
        var earlier = await EarlierChunks.BeforeAsync(archive, night, cancellation);
        var (chunks, records, bytes) = (new List<BackupChunk>(), 0L, 0L);
        while (cursor.NextOf(all) is { } store && !limits.AreReached(records, bytes))
            await foreach (var stretch in stores.CopyAsync(night, store, cursor.PositionIn(store), earlier, cancellation))
            {
                chunks.AddRange(stretch.Chunks);
                (records, bytes) = (records + stretch.Records, bytes + stretch.Bytes);
                cursor = cursor.After(store, stretch.Next);
                if (limits.AreReached(records, bytes)) break;
            }

        return new(born, chunks, cursor, IsLast: cursor.NextOf(all) is null);
    }
}
