using System.Text.Json;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Backups;

/// <summary>
/// What a backup consists of. It holds keys of the copied data, which may name people: it never leaves the container.
/// </summary>
/// <param name="Format">The version of the layout: 1.</param>
/// <param name="Born">The legal instant at which its copying began, UTC. What was purged before is not in it.</param>
/// <param name="BornOn">The date of <paramref name="Born"/>.</param>
/// <param name="KillOn">The date on which it is deleted.</param>
/// <param name="Chunks">By store, and within a store in the order of its rows.</param>
internal sealed record BackupManifest(
    int Format, DateTimeOffset Born, DateOnly BornOn, DateOnly KillOn, IReadOnlyList<BackupChunk> Chunks)
{
    /// <summary>The version that this program writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Rows and files in all chunks.</summary>
    public long Rows => Chunks.Sum(chunk => (long)chunk.Rows);

    /// <summary>Bytes of all chunks, as stored.</summary>
    public long Bytes => Chunks.Sum(chunk => chunk.Bytes);

    /// <summary>The manifest of a copying that began at that legal instant.</summary>
    public static BackupManifest Of(DateTimeOffset born, IReadOnlyList<BackupChunk> chunks)
    {
        var bornOn = BackupLayout.DateOf(born);
        return new(CurrentFormat, born.ToUniversalTime(), bornOn, BackupLayout.KillOn(bornOn), chunks);
    }

    /// <summary>As it is stored.</summary>
    public BinaryData Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, RecordJson.Options));

    /// <exception cref="InvalidDataException">It is no manifest that this program can read.</exception>
    public static BackupManifest Read(BinaryData stored)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(stored, RecordJson.Options) is
                { Format: CurrentFormat, Chunks: not null } manifest
                    ? manifest
                    : throw new InvalidDataException("A backup's manifest is of another format.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException("A backup's manifest cannot be read.");
        }
    }
}

/// <summary>A part of a store.</summary>
/// <param name="Store">The name of the <see cref="BackupStore"/>.</param>
/// <param name="Name">Its blob within the backup's folder.</param>
/// <param name="First">The lowest key in it: a chunk that cannot hold an account is not opened.</param>
/// <param name="Last">The highest key in it.</param>
/// <param name="Rows">Lines; 1 for a chunk that is one large blob.</param>
/// <param name="Bytes">Its length as stored.</param>
/// <param name="Sha256">Of the bytes as stored, in lower-case hexadecimal.</param>
/// <param name="File">What the content of a large blob does not say; null for lines.</param>
/// <param name="Sources">Which blobs it was made from; null for rows and for a large blob. See <see cref="EarlierChunks"/>.</param>
internal sealed record BackupChunk(
    string Store, string Name, BackupKey First, BackupKey Last, int Rows, long Bytes, string Sha256, FileFacts? File = null,
    string? Sources = null);

/// <summary>The place of a row or blob in its store. Keys are compared by their UTF-16 code units, as the services do.</summary>
/// <param name="Partition">A row's partition key; a blob's name.</param>
/// <param name="Row">A row's row key; empty for a blob.</param>
internal readonly record struct BackupKey(string Partition, string Row) : IComparable<BackupKey>
{
    /// <inheritdoc/>
    public int CompareTo(BackupKey other) =>
        string.CompareOrdinal(Partition, other.Partition) is not 0 and var byPartition
            ? byPartition
            : string.CompareOrdinal(Row, other.Row);
}

/// <summary>What belongs to a blob besides its name and content.</summary>
internal sealed record FileFacts(string ContentType, IReadOnlyDictionary<string, string> Metadata);
