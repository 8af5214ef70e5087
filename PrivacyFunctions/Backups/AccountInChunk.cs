using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Backups;

/// <summary>Whether a chunk can hold an account's part of a data set, by its keys, and whether a line of it does.</summary>
internal sealed class AccountInChunk(Find find, AccountId account)
{
    private readonly string _key = find.Key.Fill(KeyKind.Account, account.Value);

    /// <summary>False only when it certainly does not hold it.</summary>
    public bool MayBeIn(BackupChunk chunk) => find switch
    {
        Find.Partition => IsBetween(chunk.First.Partition, _key, chunk.Last.Partition),
        Find.Row row => chunk.First.CompareTo(new(row.PartitionKey, _key)) <= 0
            && chunk.Last.CompareTo(new(row.PartitionKey, _key)) >= 0,
        Find.Prefix => chunk.First.Partition.StartsWith(_key, StringComparison.Ordinal)
            || IsBetween(chunk.First.Partition, _key, chunk.Last.Partition),
        _ => true,
    };

    /// <summary>Whether a chunk that is one large blob is the account's.</summary>
    public bool IsFile(BackupChunk chunk) => chunk.First.Partition.StartsWith(_key, StringComparison.Ordinal);

    public bool IsLine(ReadOnlyMemory<byte> line) => find switch
    {
        Find.Partition => RowLine.KeyOf(line.Span).Partition == _key,
        Find.Row row => RowLine.KeyOf(line.Span) == new BackupKey(row.PartitionKey, _key),
        Find.Prefix => FileLine.KeyOf(line.Span).Partition.StartsWith(_key, StringComparison.Ordinal),
        Find.Scan scan => PropertyOf(line, scan.Property) == _key,
        _ => throw new InvalidOperationException("This way of finding is not known to the backups."),
    };

    private static string? PropertyOf(ReadOnlyMemory<byte> line, string name)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;
    }

    private static bool IsBetween(string first, string key, string last) =>
        string.CompareOrdinal(first, key) <= 0 && string.CompareOrdinal(key, last) <= 0;
}
