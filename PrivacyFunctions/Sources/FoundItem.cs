namespace PrivacyFunctions.Sources;

/// <summary>Something that a data set holds of a person or an account: a row or a blob, told without its content.</summary>
/// <param name="Anchor">
/// The instant (UTC) from which its retention counts; null when the map names no field for it or the item lacks it.
/// </param>
internal sealed record FoundItem(ItemKey Key, DateTimeOffset? Anchor);

/// <summary>
/// Names one item within its data set. It may be made of an address or an id, so it is personal data and
/// <see cref="ToString"/> withholds it.
/// </summary>
internal readonly record struct ItemKey
{
    private const char Between = '\n'; // which no key of a table can hold
    private readonly string? value;

    private ItemKey(string value) => this.value = value;

    /// <summary>The same text for the same item and another for any other item of the set.</summary>
    public string Value => value ?? throw new InvalidOperationException("This names no item.");

    /// <exception cref="InvalidOperationException">It names a blob.</exception>
    public (string PartitionKey, string RowKey) Row => Value.Split(Between) is [var partition, var row]
        ? (partition, row)
        : throw new InvalidOperationException("This names no row of a table.");

    public static ItemKey OfRow(string partitionKey, string rowKey) => new($"{partitionKey}{Between}{rowKey}");

    public static ItemKey OfBlob(string name) => new(name);

    /// <summary>Reads back what <see cref="Value"/> gave.</summary>
    public static ItemKey Parse(string value) => new(value);

    public override string ToString() => "(item)";
}
