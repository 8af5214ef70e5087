using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Reaches everybody's part of a data set, for the sweep of what is past its end (clause K-SCHEDULE), and for nothing else. A
/// table or container that does not exist is a fault where a person's data is gathered from it.
/// </summary>
internal interface IDatedSource
{
    /// <summary>Whether it is for that data set; the first that is answers.</summary>
    bool Reaches(DataSet set);

    /// <summary>The page that begins there.</summary>
    /// <param name="columns">The values to read of each item.</param>
    /// <param name="place">As an earlier page told it: it names people. Null for the first page.</param>
    /// <param name="size">How many items it has at most; a store whose items are read one by one may give fewer.</param>
    Task<DatedPage> PageAsync(
        DataSet set, IReadOnlyList<string> columns, string? place, int size, CancellationToken cancellation);

    /// <summary>Deletes an item, unless it was changed since it was read.</summary>
    Task<SweptItem> EraseAsync(DataSet set, DatedItem item, CancellationToken cancellation);

    /// <summary>Takes from an item the fields that the map clears and every key that names a person, unless it was changed.</summary>
    /// <param name="salt">Makes the new keys: the same one finishes what a crash interrupted.</param>
    Task<SweptItem> AnonymiseAsync(DataSet set, DatedItem item, byte[] salt, CancellationToken cancellation);

    /// <summary>
    /// Writes what is anonymised among these items as it is once more: when the store last wrote it then tells nothing of when it
    /// was anonymised, and so of whom it named (K-DISPOSE).
    /// </summary>
    Task TouchAnonymisedAsync(DataSet set, IReadOnlyList<DatedItem> items, CancellationToken cancellation);
}

/// <summary>An item as the sweep meets it: a row, or all blobs of a record under the name of its document.</summary>
/// <param name="Version">The version that was read; null for files without their document, which nothing can date.</param>
/// <param name="Values">What the asked columns hold, as the store gives it.</param>
internal sealed record DatedItem(ItemKey Key, string? Version, IReadOnlyDictionary<string, object?> Values)
{
    /// <summary>Whether the store does not give it out as it is, an archived document for one.</summary>
    public bool IsOutOfReach { get; init; }

    public object? ValueOf(string? column) => column is not null && Values.TryGetValue(column, out var value) ? value : null;
}

/// <summary>Some items in the order of the store, and where the next page begins; null at the end.</summary>
internal sealed record DatedPage(IReadOnlyList<DatedItem> Items, string? Next)
{
    /// <summary>As many as a table gives at once. Most pages hold nothing that is past its end, and are only looked through.</summary>
    public const int Size = 1000;

    /// <summary>Few enough to be destroyed at one go, which a crash may interrupt, and noted in one transaction.</summary>
    public const int SmallSize = 90;
}

/// <summary>What became of an item.</summary>
internal enum SweptItem
{
    /// <summary>It is gone, just now.</summary>
    Gone,

    /// <summary>It was gone already.</summary>
    WasGone,

    /// <summary>Somebody has changed it since it was read, or holds it: it stays.</summary>
    Changed,
}
