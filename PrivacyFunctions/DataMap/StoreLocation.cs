namespace PrivacyFunctions.DataMap;

/// <summary>Where a set lies in its system's storage account.</summary>
internal abstract record StoreLocation
{
    private StoreLocation(StoreKind kind, string name) => (Kind, Name) = (kind, name);

    public StoreKind Kind { get; }

    /// <summary>The table's or container's name.</summary>
    public string Name { get; }

    internal sealed record Table(string Name) : StoreLocation(StoreKind.Table, Name);

    /// <param name="Document">
    /// The file name of the JSON document that is a record (<c>conversation.json</c>); every other blob is a file. Null
    /// when all are files. It is named, not guessed by ending, because people attach JSON files too.
    /// </param>
    internal sealed record Blobs(string Name, string? Document) : StoreLocation(StoreKind.Blob, Name);
}

/// <summary>The stores that have an adapter; the map refuses any other.</summary>
internal enum StoreKind
{
    Table,
    Blob,
}
