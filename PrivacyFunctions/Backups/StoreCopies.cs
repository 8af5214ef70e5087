using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Copies a store stretch by stretch, from any place on. A chunk holds rows or blobs of one page of the store's list, so that
/// where a copy stops leaves no trace in its chunks. Memory is bounded by a page of rows or a chunk, whatever the store holds.
/// A store that does not exist is a fault, not an empty one: a backup that silently lacks it would let the last good ones die.
/// </summary>
internal sealed class StoreCopies(BackupArchive archive, CompanyStorage storage)
{
    /// <summary>Copies a store from that place to its end; the chunks come in the order of the store.</summary>
    public IAsyncEnumerable<CopiedStretch> CopyAsync(
        DateOnly night, BackupStore store, StorePosition from, EarlierChunks earlier, CancellationToken cancellation) =>
        store.Set.Store.Match(
            table => CopyTableAsync(night, store, from, cancellation),
            blobs => CopyBlobsAsync(night, store, from, earlier, cancellation));

    private async IAsyncEnumerable<CopiedStretch> CopyTableAsync(
        DateOnly night, BackupStore store, StorePosition from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = from.Chunks;
        var rows = storage.Table(store.Set)
            .QueryAsync<TableEntity>(filter: "", ChunkBuffer.MostRows, cancellationToken: cancellation);
        await foreach (var page in rows.AsPages(from.Page, ChunkBuffer.MostRows))
        {
            var chunks = new List<BackupChunk>();
            foreach (var filled in Fill(store, number, page.Values))
                chunks.Add(await archive.StoreAsync(night, filled, cancellation));
            number += chunks.Count;
            yield return new(chunks, page.Values.Count, chunks.Sum(chunk => chunk.Bytes), After(store, number, page.ContinuationToken));
        }
    }

    private static IEnumerable<FilledChunk> Fill(BackupStore store, int number, IEnumerable<TableEntity> rows)
    {
        var filling = new ChunkBuffer();
        try
        {
            foreach (var row in rows)
            {
                filling.Add(row);
                if (!filling.IsFull) continue;
                yield return filling.Close(store.Name, number++);
                filling.Dispose();
                filling = new();
            }

            if (!filling.IsEmpty) yield return filling.Close(store.Name, number);
        }
        finally
        {
            filling.Dispose();
        }
    }

    private async IAsyncEnumerable<CopiedStretch> CopyBlobsAsync(
        DateOnly night, BackupStore store, StorePosition from, EarlierChunks earlier,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var files = new FileCopies(archive, storage.Container(store.Set), night, store.Name, earlier);
        var (number, mark, copied) = (from.Chunks, from.Page, from.Copied.ToHashSet());
        var blobs = storage.Container(store.Set).GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, cancellation);
        await foreach (var page in blobs.AsPages(from.Page, ChunkBuffer.MostRows))
        {
            var next = page.ContinuationToken;
            var batches = FileCopies.Batch(page.Values.Where(blob => !copied.Contains(blob.Name))).ToList();
            if (batches.Count == 0) yield return new([], 0, 0, After(store, number, next));
            foreach (var (place, batch) in batches.Index())
            {
                var chunk = await files.CopyAsync(number, batch, cancellation);
                if (chunk is not null) number++;
                copied.UnionWith(batch.Select(blob => blob.Name));
                yield return new(
                    chunk is null ? [] : [chunk], batch.Count, batch.Sum(FileCopies.LengthOf),
                    place == batches.Count - 1 ? After(store, number, next) : new(store.Name, number, mark, [.. copied]));
            }

            (mark, copied) = (next, []);
        }
    }

    // The services say with an empty mark, or none, that a page was the last.
    private static StorePosition? After(BackupStore store, int chunks, string? page) =>
        string.IsNullOrEmpty(page) ? null : new(store.Name, chunks, page, Copied: []);
}

/// <summary>Some of a store, copied.</summary>
/// <param name="Chunks">Its chunks; none when all of it was deleted since it was listed.</param>
/// <param name="Records">The rows or files that were asked for.</param>
/// <param name="Bytes">See <see cref="PartLimits"/>.</param>
/// <param name="Next">Where to go on; null at the end of the store.</param>
internal sealed record CopiedStretch(IReadOnlyList<BackupChunk> Chunks, long Records, long Bytes, StorePosition? Next);
