using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Sweeps;

/// <summary>Whose record of a data set an item is, by the way in which the map finds a person's or account's part. Pure.</summary>
internal abstract record RecordOwner
{
    private RecordOwner()
    {
    }

    /// <summary>It is not in the set: the row of somebody else's set in the same table, or one that was anonymised.</summary>
    internal sealed record NotInSet : RecordOwner;

    /// <summary>The set is of nobody whom anything protects: a list of our own, or the holds themselves.</summary>
    internal sealed record Nobody : RecordOwner;

    /// <summary>It is somebody's, but what should tell whose it is cannot be read.</summary>
    internal sealed record Unknown : RecordOwner;

    /// <summary>A mailbox's owner.</summary>
    internal sealed record Mailbox(EmailAddress Address) : RecordOwner;

    /// <summary>A person of the company's directory.</summary>
    internal sealed record Person(PersonId Id) : RecordOwner;

    /// <summary>Whoever a case of ours is about.</summary>
    internal sealed record OfCase(CaseId Id) : RecordOwner;

    /// <summary>Whose it is.</summary>
    public static RecordOwner Of(DataSet set, DatedItem item) => set.Find switch
    {
        null => new Nobody(),
        { Key.Kind: KeyKind.Keyed } => HoldLinks.IsLink(item.Key.Row.PartitionKey) ? new NotInSet() : new Nobody(),
        Find.Partition { Key: var key } => TableAnonymisation.IsAnonymous(item.Key.Row.PartitionKey)
            ? new NotInSet()
            : Named(key, key.Read(item.Key.Row.PartitionKey)),
        Find.Row row => item.Key.Row.PartitionKey == row.PartitionKey
            ? Named(row.Key, row.Key.Read(item.Key.Row.RowKey))
            : new NotInSet(),
        Find.Prefix { Key: var key } => Named(key, key.ReadFolder(item.Key.Value, out _)),
        Find.Scan scan => item.ValueOf(scan.Property) is null or ""
            ? new NotInSet()
            : Named(scan.Key, item.ValueOf(scan.Property) as string),
        _ => throw new InvalidOperationException("There is no such way to find a record."),
    };

    private static RecordOwner Named(KeyPath key, string? id) => key.Kind switch
    {
        KeyKind.Email when EmailAddress.TryParse(id, out var address) => new Mailbox(address),
        KeyKind.Person when PersonId.TryParse(id, out var person) => new Person(person),
        KeyKind.Case when CaseId.TryParse(id, out var @case) => new OfCase(@case),
        _ => new Unknown(),
    };
}
