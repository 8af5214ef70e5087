using System.IO.Compression;
using System.Security.Cryptography;
using Azure;
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

    private const int BufferBytes = 4 * 1024 * 1024;

    private BlobContainerClient Container => storage.Container(BackupStore.BackupsOf(map));

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

    /// <summary>Makes room for a night: creates the container, and removes what a copy that died half-way left.</summary>
    public async Task ClearAsync(DateOnly night, CancellationToken cancellation)
    {
        await Container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await DeleteAsync(night, cancellation);
    }

    public async Task<BackupChunk> StoreAsync(DateOnly night, FilledChunk filled, CancellationToken cancellation)
    {
        await BlobOf(night, filled.Chunk).UploadAsync(filled.Bytes.ToStream(), cancellationToken: cancellation);
        return filled.Chunk;
    }

    /// <summary>The last thing that is written of a backup.</summary>
    public async Task StoreAsync(DateOnly night, BackupManifest manifest, CancellationToken cancellation) =>
        await Container.GetBlobClient(BackupLayout.Manifest(night)).UploadAsync(manifest.Write(), overwrite: true, cancellation);

    /// <summary>Opens a chunk for writing; it is there when the stream is closed.</summary>
    public Task<Stream> CreateAsync(DateOnly night, string name, CancellationToken cancellation) =>
        Container.GetBlockBlobClient(BackupLayout.Folder(night) + name)
            .OpenWriteAsync(overwrite: true, new() { BufferSize = BufferBytes }, cancellation);

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
        var blobs = Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, BackupLayout.Folder(night), cancellation);
        var chunks = blobs.Where(blob => blob.Name != BackupLayout.Manifest(night));
        await Parallel.ForEachAsync(chunks, With(cancellation), async (blob, stop) =>
            await Container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: stop));
        await Container.DeleteBlobIfExistsAsync(BackupLayout.Manifest(night), cancellationToken: cancellation);
    }

    public static ParallelOptions With(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };

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

/// <summary>The lines of a chunk, one after the other.</summary>
internal readonly struct ChunkLines(ReadOnlyMemory<byte> text)
{
    public int Count => text.Span.Count((byte)'\n');

    /// <summary>Whether any line is as asked.</summary>
    public bool Any(Func<ReadOnlyMemory<byte>, bool> matches)
    {
        for (var rest = text; !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            if (end < 0) throw new InvalidDataException("A backup's chunk ends in the middle of a line.");
            if (matches(rest[..end])) return true;
            rest = rest[(end + 1)..];
        }

        return false;
    }
}
