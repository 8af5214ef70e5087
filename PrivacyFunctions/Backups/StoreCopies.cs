using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Copies a store chunk by chunk. Memory is bounded by one chunk, whatever the store holds. A store that does not exist is a
/// fault, not an empty one: a backup that silently lacks it would let the last good ones die.
/// </summary>
internal sealed class StoreCopies(BackupArchive archive, CompanyStorage storage)
{
    /// <summary>Copies all of a store; the chunks come in the order of the store.</summary>
    public IAsyncEnumerable<BackupChunk> CopyAsync(
        DateOnly night, BackupStore store, EarlierChunks earlier, CancellationToken cancellation) =>
        store.Set.Store is StoreLocation.Table
            ? CopyTableAsync(night, store, cancellation)
            : CopyBlobsAsync(night, store, earlier, cancellation);

    private async IAsyncEnumerable<BackupChunk> CopyTableAsync(
        DateOnly night, BackupStore store, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0;
        var filling = new ChunkBuffer();
        try
        {
            await foreach (var row in storage.Table(store.Set)
                .QueryAsync<TableEntity>(filter: "", ChunkBuffer.MostRows, cancellationToken: cancellation))
            {
                filling.Add(row);
                if (!filling.IsFull) continue;
                yield return await archive.StoreAsync(night, filling.Close(store.Name, number++), cancellation);
                filling.Dispose();
                filling = new();
            }

            if (!filling.IsEmpty)
                yield return await archive.StoreAsync(night, filling.Close(store.Name, number), cancellation);
        }
        finally
        {
            filling.Dispose();
        }
    }

    private async IAsyncEnumerable<BackupChunk> CopyBlobsAsync(
        DateOnly night, BackupStore store, EarlierChunks earlier, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0;
        var container = storage.Container(store.Set);
        await foreach (var batch in BatchesAsync(container, cancellation))
        {
            if (batch is [{ } large] && IsLarge(large))
            {
                if (await CopyLargeAsync(night, store, number, container, large.Name, cancellation) is not { } file) continue;
                yield return file;
            }
            else
            {
                var sources = EarlierChunks.SourcesOf(store.Name, batch);
                var filled = await earlier.FindAsync(sources, BackupLayout.Chunk(store.Name, number), cancellation)
                    ?? await FillAsync(store, number, container, batch, sources, cancellation);
                if (filled is null) continue;
                yield return await archive.StoreAsync(night, filled, cancellation);
            }

            number++;
        }
    }

    /// <summary>Small blobs that fill a chunk together; each large one by itself.</summary>
    private static async IAsyncEnumerable<List<BlobItem>> BatchesAsync(
        BlobContainerClient container, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (batch, bytes) = (new List<BlobItem>(), 0L);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, cancellation))
        {
            var isFull = batch.Count == ChunkBuffer.MostRows || bytes >= ChunkBuffer.FullAtBytes;
            if (batch.Count > 0 && (isFull || IsLarge(blob)))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(blob);
            bytes += blob.Properties.ContentLength ?? 0;
            if (!IsLarge(blob)) continue;
            yield return batch;
            (batch, bytes) = ([], 0);
        }

        if (batch.Count > 0) yield return batch;
    }

    /// <summary>A chunk of the blobs; null when none of them is there any more.</summary>
    private static async Task<FilledChunk?> FillAsync(
        BackupStore store, int number, BlobContainerClient container, List<BlobItem> batch, string sources,
        CancellationToken cancellation)
    {
        using var filling = new ChunkBuffer();
        foreach (var file in await FetchAsync(container, batch, cancellation)) filling.Add(file);
        if (filling.IsEmpty) return null;
        var filled = filling.Close(store.Name, number);
        return filled with { Chunk = filled.Chunk with { Sources = sources } };
    }

    /// <summary>The blobs in their order, without those that were deleted since they were listed.</summary>
    private static async Task<IEnumerable<FileLine>> FetchAsync(
        BlobContainerClient container, List<BlobItem> batch, CancellationToken cancellation)
    {
        var files = new FileLine?[batch.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, batch.Count), BackupArchive.With(cancellation), async (place, stop) =>
        {
            var blob = container.GetBlobClient(batch[place].Name);
            if (await UnlessGoneAsync(() => blob.DownloadContentAsync(stop)) is { Value: { } found })
                files[place] = new(
                    blob.Name, found.Details.ContentType, found.Details.Metadata.AsReadOnly(), found.Content.ToArray());
        });
        return files.OfType<FileLine>();
    }

    private async Task<BackupChunk?> CopyLargeAsync(
        DateOnly night, BackupStore store, int number, BlobContainerClient container, string name,
        CancellationToken cancellation)
    {
        var found = await UnlessGoneAsync(() => container.GetBlobClient(name).DownloadStreamingAsync(null, cancellation));
        if (found is not { Value: var source }) return null;
        await using var content = source.Content;
        var chunk = BackupLayout.File(store.Name, number);
        await using var copy = await archive.CreateAsync(night, chunk, cancellation);
        var (bytes, hash) = await HashedCopy.RunAsync(content, copy, cancellation);
        var key = new BackupKey(name, "");
        var facts = new FileFacts(source.Details.ContentType, source.Details.Metadata.AsReadOnly());
        return new(store.Name, chunk, key, key, Rows: 1, bytes, hash, facts);
    }

    private static async Task<Response<T>?> UnlessGoneAsync<T>(Func<Task<Response<T>>> ask)
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private static bool IsLarge(BlobItem blob) => blob.Properties.ContentLength > FileLine.Largest;
}
