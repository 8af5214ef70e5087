using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace PrivacyFunctions.Backups;

/// <summary>Makes chunks of the blobs of a container: small ones fill one together, each large one is one by itself.</summary>
internal sealed class FileCopies(
    BackupArchive archive, BlobContainerClient container, DateOnly night, string store, EarlierChunks earlier)
{
    /// <summary>Which blobs make a chunk together, in their order.</summary>
    public static IEnumerable<IReadOnlyList<BlobItem>> Batch(IEnumerable<BlobItem> blobs)
    {
        var (batch, bytes) = (new List<BlobItem>(), 0L);
        foreach (var blob in blobs)
        {
            var isFull = batch.Count == ChunkBuffer.MostRows || bytes >= ChunkBuffer.FullAtBytes;
            if (batch.Count > 0 && (isFull || IsLarge(blob)))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(blob);
            bytes += LengthOf(blob);
            if (!IsLarge(blob)) continue;
            yield return batch;
            (batch, bytes) = ([], 0);
        }

        if (batch.Count > 0) yield return batch;
    }

    public static long LengthOf(BlobItem blob) => blob.Properties.ContentLength ?? 0;

    /// <summary>Stores the chunk of a batch; null when none of its blobs is there any more.</summary>
    public async Task<BackupChunk?> CopyAsync(int number, IReadOnlyList<BlobItem> batch, CancellationToken cancellation)
    {
        if (batch is [var only] && IsLarge(only)) return await CopyLargeAsync(number, only.Name, cancellation);
        var sources = EarlierChunks.SourcesOf(store, batch);
        var filled = await earlier.FindAsync(sources, number, cancellation)
            ?? await FillAsync(number, batch, sources, cancellation);
        return filled is null ? null : await archive.StoreAsync(night, filled, cancellation);
    }

    private async Task<FilledChunk?> FillAsync(
        int number, IReadOnlyList<BlobItem> batch, string sources, CancellationToken cancellation)
    {
        using var filling = new ChunkBuffer();
        foreach (var file in await FetchAsync(batch, cancellation)) filling.Add(file);
        if (filling.IsEmpty) return null;
        var filled = filling.Close(store, number);
        return filled with { Chunk = filled.Chunk with { Sources = sources } };
    }

    /// <summary>The blobs in their order, without those that were deleted since they were listed.</summary>
    private async Task<IEnumerable<FileLine>> FetchAsync(IReadOnlyList<BlobItem> batch, CancellationToken cancellation)
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

    private async Task<BackupChunk?> CopyLargeAsync(int number, string name, CancellationToken cancellation)
    {
        var found = await UnlessGoneAsync(() => container.GetBlobClient(name).DownloadStreamingAsync(null, cancellation));
        if (found is not { Value: { Details: var details } source }) return null;
        var chunk = BackupLayout.File(store, number, EarlierChunks.SourceOf(store, name, details.ETag));
        using var sha = SHA256.Create();
        await using var content = new CryptoStream(source.Content, sha, CryptoStreamMode.Read);
        await archive.StoreAsync(night, chunk, content, details.ContentLength, cancellation);
        var key = new BackupKey(name, "");
        var facts = new FileFacts(details.ContentType, details.Metadata.AsReadOnly());
        return new(store, chunk, key, key, Rows: 1, details.ContentLength, Convert.ToHexStringLower(sha.Hash!), facts);
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
