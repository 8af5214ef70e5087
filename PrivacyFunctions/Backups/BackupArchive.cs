using System.IO.Compression;
using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Backups;

/// <summary>The container of the backups: what <see cref="BackupLayout"/> says, read and written.</summary>
internal sealed class BackupArchive(DataMapRegister map, CompanyStorage storage)
{
    /// <summary>How many blobs are asked for at a time.</summary>
    public const int Parallelism = 8;

    private const int SmallestPiece = 4 * 1024 * 1024;
    private const int MostPieces = 40_000; // the service takes 50,000

    /// <summary>The container.</summary>
    public BlobContainerClient Container => storage.Container(BackupStore.BackupsOf(map));

    /// <summary>The nights of which there is anything, oldest first; a folder may be no backup (yet).</summary>
    public async Task<IReadOnlyList<DateOnly>> NightsAsync(CancellationToken cancellation)
    {
        var nights = new SortedSet<DateOnly>();
        try
        {
            await foreach (var item in Container.GetBlobsByHierarchyAsync(
                BlobTraits.None, BlobStates.None, "/", prefix: null, cancellation))
                if (item.IsPrefix && BackupLayout.TryReadNight(item.Prefix, out var night)) nights.Add(night);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Nothing was ever copied.
        }

        return [.. nights];
    }

    /// <summary>The manifest, or null when the folder is no backup: not there, half copied or half deleted.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public async Task<StoredManifest?> FindAsync(DateOnly night, CancellationToken cancellation)
    {
        try
        {
            var stored = await Container.GetBlobClient(BackupLayout.Manifest(night)).DownloadContentAsync(cancellation);
            var json = stored.Value.Content;
            return new(night, BackupManifest.Read(json), Convert.ToHexStringLower(SHA256.HashData(json)));
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Creates the container, if it is not there.</summary>
    public Task OpenAsync(CancellationToken cancellation) => Container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>Stores a chunk; one that is there under its name is the same.</summary>
    public async Task<BackupChunk> StoreAsync(DateOnly night, FilledChunk filled, CancellationToken cancellation)
    {
        await TryAddAsync(BackupLayout.Folder(night) + filled.Chunk.Name, filled.Bytes, cancellation);
        return filled.Chunk;
    }

    /// <summary>Stores a chunk that is one large blob, whole or not at all. The content is read to its end in any case.</summary>
    public Task StoreAsync(DateOnly night, string name, Stream content, long length, CancellationToken cancellation) => TryAddAsync(
        options => Container.GetBlockBlobClient(BackupLayout.Folder(night) + name).UploadAsync(content, options, cancellation),
        PieceOf(length));

    /// <summary>In pieces of how many bytes a blob of that length goes: small ones, so that few of them need little memory.</summary>
    public static long PieceOf(long length) => Math.Max(SmallestPiece, (length + MostPieces - 1) / MostPieces);

    /// <summary>Writes a blob once: what another call has written under its name stays.</summary>
    /// <returns>Whether it is this one.</returns>
    public Task<bool> TryAddAsync(string name, BinaryData content, CancellationToken cancellation) =>
        TryAddAsync(options => Container.GetBlobClient(name).UploadAsync(content, options, cancellation));

    /// <summary>
    /// Removes from a backup's folder what is not of it: the notes of its making, and chunks of calls that died. Where the
    /// store lets nothing be deleted yet, they go with the backup.
    /// </summary>
    public async Task SweepAsync(StoredManifest backup, CancellationToken cancellation)
    {
        var folder = BackupLayout.Folder(backup.Night);
        var own = backup.Manifest.Chunks.Select(chunk => folder + chunk.Name).Append(BackupLayout.Manifest(backup.Night)).ToHashSet();
        try
        {
            await DeleteAllAsync(backup.Night, blob => !own.Contains(blob.Name), cancellation);
        }
        catch (RequestFailedException failure) when (IsLocked(failure))
        {
            // They are part of no backup, and die with this one.
        }
    }

    /// <summary>Whether a blob could not be deleted because of itself: it is leased, immutable, or held.</summary>
    public static bool IsLocked(RequestFailedException failure) => failure.Status is 403 or 409 or 412;

    /// <summary>A chunk of lines as it is stored, checked: at most a few megabytes.</summary>
    /// <exception cref="InvalidDataException">The chunk is missing or not what the manifest says.</exception>
    public async Task<BinaryData> LoadAsync(DateOnly night, BackupChunk chunk, CancellationToken cancellation)
    {
        var bytes = await DownloadAsync(night, chunk, cancellation);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == chunk.Sha256
            ? bytes
            : throw new InvalidDataException($"A chunk of the backup {BackupLayout.NameOf(night)} is not what was written.");
    }

    /// <summary>
    /// The lines of a chunk, each without its end. The chunk is checked before the first of them: at most a few megabytes.
    /// </summary>
    /// <exception cref="InvalidDataException">The chunk is missing or not what the manifest says.</exception>
    public async Task<ChunkLines> ReadAsync(DateOnly night, BackupChunk chunk, CancellationToken cancellation)
    {
        var bytes = await LoadAsync(night, chunk, cancellation);
        using var lines = new MemoryStream();
        await using (var zip = new GZipStream(bytes.ToStream(), CompressionMode.Decompress))
            await zip.CopyToAsync(lines, cancellation);
        return new(lines.GetBuffer().AsMemory(0, (int)lines.Length));
    }

    /// <summary>The hash of a chunk that is one large blob, which is never in memory as a whole.</summary>
    public async Task<string> HashAsync(DateOnly night, BackupChunk chunk, CancellationToken cancellation)
    {
        await using var content = await BlobOf(night, chunk).OpenReadAsync(new BlobOpenReadOptions(false), cancellation);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
    }

    /// <summary>Deletes everything of a night, what makes it a backup last; what is gone already is no failure.</summary>
    public async Task DeleteAsync(DateOnly night, CancellationToken cancellation)
    {
        await DeleteAllAsync(night, blob => blob.Name != BackupLayout.Manifest(night), cancellation);
        await Container.DeleteBlobIfExistsAsync(BackupLayout.Manifest(night), cancellationToken: cancellation);
    }

    public static ParallelOptions With(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };

    private static async Task<bool> TryAddAsync(Func<BlobUploadOptions, Task> upload, long piece = SmallestPiece)
    {
        var pieces = new StorageTransferOptions { InitialTransferSize = piece, MaximumTransferSize = piece, MaximumConcurrency = 4 };
        try
        {
            await upload(new() { Conditions = new() { IfNoneMatch = ETag.All }, TransferOptions = pieces });
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            return false;
        }
    }

    private async Task DeleteAllAsync(DateOnly night, Func<BlobItem, bool> which, CancellationToken cancellation)
    {
        var blobs = Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, BackupLayout.Folder(night), cancellation);
        await Parallel.ForEachAsync(blobs.Where(which), With(cancellation), async (blob, stop) =>
            await Container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: stop));
    }

    private async Task<BinaryData> DownloadAsync(DateOnly night, BackupChunk chunk, CancellationToken cancellation)
    {
        try
        {
            return (await BlobOf(night, chunk).DownloadContentAsync(cancellation)).Value.Content;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            throw new InvalidDataException($"A chunk of the backup {BackupLayout.NameOf(night)} is missing.");
        }
    }

    private BlockBlobClient BlobOf(DateOnly night, BackupChunk chunk) =>
        Container.GetBlockBlobClient(BackupLayout.Folder(night) + chunk.Name);
}

/// <summary>A backup's manifest as it lies in the container.</summary>
/// <param name="Night">Its folder.</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal: it names the backup beyond doubt, its chunks included.</param>
internal sealed record StoredManifest(DateOnly Night, BackupManifest Manifest, string Sha256);
