namespace PrivacyFunctions.DataMap;

/// <summary>
/// Where a set lies in its system's storage account. What differs by the kind of store asks <see cref="Match"/>: with a new kind nothing
/// compiles until each such place handles it.
/// </summary>
internal abstract record StoreLocation
{
    private StoreLocation(StoreKind kind, string name) => (Kind, Name) = (kind, name);

    public StoreKind Kind { get; }

    /// <summary>The table's or container's name.</summary>
    public string Name { get; }

    /// <summary>What its kind of store comes to.</summary>
    public abstract T Match<T>(Func<Table, T> table, Func<Blobs, T> blobs);

    internal sealed record Table(string Name) : StoreLocation(StoreKind.Table, Name)
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Table, T> table, Func<Blobs, T> blobs) => table(this);
    }

    /// <param name="Document">
    /// The file name of the JSON document that is a record (<c>conversation.json</c>); every other blob is a file. Null
    /// when all are files. It is named, not guessed by ending, because people attach JSON files too.
    /// </param>
    internal sealed record Blobs(string Name, string? Document) : StoreLocation(StoreKind.Blob, Name)
    {
        /// <summary>Whether every blob is a file of its own, and none is a record.</summary>
        public bool AreFiles => Document is null;

        /// <inheritdoc/>
        public override T Match<T>(Func<Table, T> table, Func<Blobs, T> blobs) => blobs(this);
    }
}

/// <summary>The stores that have an adapter; the map refuses any other.</summary>
internal enum StoreKind
{
    Table,
    Blob,
}
