namespace PrivacyFunctions.DataMap;

/// <summary>How one person's (account's, case's) part of a set is found.</summary>
internal abstract record Find
{
    private Find(KeyPath key) => Key = key;

    public KeyPath Key { get; }

    /// <summary>All rows of one partition.</summary>
    internal sealed record Partition(KeyPath Key) : Find(Key);

    /// <summary>One row of a fixed partition.</summary>
    internal sealed record Row(string PartitionKey, KeyPath Key) : Find(Key);

    /// <summary>All blobs below one folder.</summary>
    internal sealed record Prefix(KeyPath Key) : Find(Key);

    /// <summary>Every row of the table is looked at: the map admits it with <c>scan: true</c>.</summary>
    /// <param name="Property">Compared with the id or, normalised, with the address itself.</param>
    internal sealed record Scan(string Property, KeyPath Key) : Find(Key);
}
