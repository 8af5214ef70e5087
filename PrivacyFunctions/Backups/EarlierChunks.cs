using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;

namespace PrivacyFunctions.Backups;

/// <summary>
/// The chunks of small blobs in the newest backup before a night, by what they were made from. One whose blobs are all as
/// they were, by their names and ETags, is taken from there, instead of asking for a thousand blobs one by one. It is held to
/// its hash on the way, and like every chunk it is read back before anybody relies on the new backup.
/// </summary>
internal sealed class EarlierChunks
{
    private readonly BackupArchive _archive;
    private readonly StoredManifest? _backup;
    private readonly FrozenDictionary<string, BackupChunk> _chunks;

    private EarlierChunks(BackupArchive archive, StoredManifest? backup)
    {
        (_archive, _backup) = (archive, backup);
        _chunks = (backup?.Manifest.Chunks ?? []).Where(chunk => chunk.Sources is not null)
            .DistinctBy(chunk => chunk.Sources).ToFrozenDictionary(chunk => chunk.Sources!);
    }

    /// <summary>Those of the newest backup before that night; none if there is no such backup.</summary>
    public static async Task<EarlierChunks> BeforeAsync(BackupArchive archive, DateOnly night, CancellationToken cancellation)
    {
        var nights = await archive.NightsAsync(cancellation);
        foreach (var earlier in nights.Where(earlier => earlier < night).Reverse())
            if (await UnlessDamagedAsync(() => archive.FindAsync(earlier, cancellation)) is { } backup)
                return new(archive, backup);
        return new(archive, null);
    }

    /// <summary>What a chunk of these blobs of a store is made from: SHA-256 in lower-case hexadecimal.</summary>
    public static string SourcesOf(string store, IEnumerable<BlobItem> blobs) =>
        HashOf([store, .. blobs.SelectMany(blob => new[] { blob.Name, $"{blob.Properties.ETag}" })]);

    /// <summary>The same of one blob that was opened.</summary>
    public static string SourceOf(string store, string name, ETag etag) => HashOf([store, name, $"{etag}"]);

    /// <summary>The chunk that was made from the same, under the name of its new place; null if there is none.</summary>
    public async Task<FilledChunk?> FindAsync(string sources, int number, CancellationToken cancellation) =>
        _chunks.TryGetValue(sources, out var chunk)
        && await UnlessDamagedAsync(() => _archive.LoadAsync(_backup!.Night, chunk, cancellation)) is { } bytes
            ? new(chunk with { Name = BackupLayout.Chunk(chunk.Store, number, chunk.Sha256) }, bytes)
            : null;

    private static string HashOf(string[] named) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(named)));

    // A backup that decayed since must not spoil the next one: what it cannot give is read from the company's data.
    private static async Task<T?> UnlessDamagedAsync<T>(Func<Task<T>> read)
        where T : class?
    {
        try
        {
            return await read();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
