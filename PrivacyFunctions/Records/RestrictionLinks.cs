using Azure.Data.Tables;
using PrivacyFunctions.Domain;

namespace PrivacyFunctions.Records;

/// <summary>
/// Which restrictions are to be asked about before a mailbox is written to, by its key: found without knowing whose it is, since that
/// costs a look through the company's directory. A link holds only while its restriction is in force.
/// </summary>
internal sealed class RestrictionLinks(RecordStorage storage, People people, Holds holds)
{
    private const string Restricted = "restricted-"; // a partition for each mailbox, in the table of the holds

    /// <summary>
    /// The restrictions in force that are to be asked about before anything is sent to that mailbox: those that were placed under it,
    /// and those of whoever it belonged to when they were placed under another one (<see cref="AddAsync"/>).
    /// </summary>
    public async Task<IReadOnlyList<Hold>> OfAsync(EmailAddress mailbox, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Holds.Table);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Restricted + people.KeyOf(mailbox).Value}");
        var inForce = new List<Hold>();
        await foreach (var link in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var (key, id) = Linked(link.RowKey);
            var row = await table.GetEntityIfExistsAsync<TableEntity>(key, id, cancellationToken: cancellation);
            if (row.HasValue && !row.Value!.ContainsKey(Holds.ReleasedAt) && Holds.Read(row.Value) is { Kind: HoldKind.Restriction } hold)
                inForce.Add(hold);
        }

        return inForce;
    }

    /// <summary>Lets a restriction be asked about at further mailboxes of the same person.</summary>
    /// <param name="placedUnder">The address under which it was placed.</param>
    /// <param name="id">Its id.</param>
    /// <param name="mailboxes">The further ones.</param>
    /// <param name="cancellation">Stops before the next one.</param>
    public async Task AddAsync(
        EmailAddress placedUnder, string id, IEnumerable<EmailAddress> mailboxes, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Holds.Table);
        foreach (var mailbox in mailboxes) await LinkAsync(table, people.KeyOf(mailbox).Value, holds.KeyOf(placedUnder), id, cancellation);
    }

    /// <summary>
    /// Links the restrictions that an earlier version placed to their own mailbox, and takes away the links of those that are released:
    /// for a look once a day, since it reads the whole table.
    /// </summary>
    public async Task TidyAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Holds.Table);
        var (released, links) = (new HashSet<(string Key, string Id)>(), new List<TableEntity>());
        string[] columns = ["PartitionKey", "RowKey", "Kind", Holds.ReleasedAt];
        await foreach (var row in table.QueryAsync<TableEntity>(select: columns, cancellationToken: cancellation))
            if (IsLink(row.PartitionKey)) links.Add(row);
            else if (row.ContainsKey(Holds.ReleasedAt)) released.Add((row.PartitionKey, row.RowKey)); // for good
            else if (row.GetString("Kind") == nameof(HoldKind.Restriction))
                await AddOwnAsync(table, row.PartitionKey, row.RowKey, cancellation);
        foreach (var link in links.Where(link => released.Contains(Linked(link.RowKey))))
            await table.DeleteEntityAsync(link.PartitionKey, link.RowKey, cancellationToken: cancellation);
    }

    /// <summary>Whether the rows of that partition are links, and no holds.</summary>
    public static bool IsLink(string partition) => partition.StartsWith(Restricted, StringComparison.Ordinal);

    /// <summary>Lets a restriction be asked about at the mailbox under which it is placed. What is on an account is not asked.</summary>
    public static async Task AddOwnAsync(TableClient table, string key, string id, CancellationToken cancellation)
    {
        if (key.StartsWith(Holds.OfPerson, StringComparison.Ordinal))
            await LinkAsync(table, key[Holds.OfPerson.Length..], key, id, cancellation);
    }

    private static async Task LinkAsync(TableClient table, string mailbox, string key, string id, CancellationToken cancellation) =>
        await table.UpsertEntityAsync(new TableEntity(Restricted + mailbox, $"{key}.{id}"), TableUpdateMode.Merge, cancellation);

    private static (string Key, string Id) Linked(string rowKey) =>
        rowKey.IndexOf('.', StringComparison.Ordinal) is var dot ? (rowKey[..dot], rowKey[(dot + 1)..]) : default;
}
