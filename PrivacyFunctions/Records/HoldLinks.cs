using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Records;

/// <summary>
/// Where else a person's holds are found than under the address that they were placed under: under each address that they had then, and
/// under each id by which the company knew them. So a hold counts when the company's directory has forgotten one of them, and is found
/// from a mailbox without a look through the directory. A link holds only while its hold is in force.
/// </summary>
internal sealed class HoldLinks(RecordStorage storage, People people, Holds holds)
{
    private const string Held = "held-"; // a partition for each address and id, in the table of the holds

    /// <summary>
    /// The restrictions in force that are to be asked about before anything is sent to that mailbox: those that were placed under it,
    /// and those of whoever it belonged to when they were placed under another one (<see cref="AddAsync"/>).
    /// </summary>
    public async Task<IReadOnlyList<Hold>> RestrictionsOfAsync(EmailAddress mailbox, CancellationToken cancellation) =>
        await InForceAsync(await storage.TableAsync(Holds.Table), people.KeyOf(mailbox), cancellation)
            .Where(hold => hold.Kind is HoldKind.Restriction).ToListAsync(cancellation);

    /// <summary>The holds in force that a key is linked to.</summary>
    public static async IAsyncEnumerable<Hold> InForceAsync(
        TableClient table, PersonKey of, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Held + of.Value}");
        await foreach (var link in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var (key, id) = Linked(link.RowKey);
            var row = await table.GetEntityIfExistsAsync<TableEntity>(key, id, cancellationToken: cancellation);
            if (row.HasValue && !row.Value!.ContainsKey(Holds.ReleasedAt)) yield return Holds.Read(row.Value);
        }
    }

    /// <summary>Lets a hold be found under everything that its person is known by.</summary>
    /// <param name="placedUnder">The address under which it was placed.</param>
    /// <param name="id">Its id.</param>
    /// <param name="person">What the person is known by.</param>
    /// <param name="cancellation">Stops before the next one.</param>
    public async Task AddAsync(EmailAddress placedUnder, string id, HeldPerson person, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Holds.Table);
        foreach (var known in person.Keys(people)) await LinkAsync(table, known.Value, holds.KeyOf(placedUnder), id, cancellation);
    }

    /// <summary>
    /// Links the holds that an earlier version placed to their own mailbox, and takes away the links of those that are released: for a
    /// look once a day, since it reads the whole table.
    /// </summary>
    public async Task TidyAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Holds.Table);
        var (released, links) = (new HashSet<(string Key, string Id)>(), new List<TableEntity>());
        string[] columns = ["PartitionKey", "RowKey", Holds.ReleasedAt];
        await foreach (var row in table.QueryAsync<TableEntity>(select: columns, cancellationToken: cancellation))
            if (IsLink(row.PartitionKey)) links.Add(row);
            else if (row.ContainsKey(Holds.ReleasedAt)) released.Add((row.PartitionKey, row.RowKey)); // for good
            else await AddOwnAsync(table, row.PartitionKey, row.RowKey, cancellation);
        foreach (var link in links.Where(link => released.Contains(Linked(link.RowKey))))
            await table.DeleteEntityAsync(link.PartitionKey, link.RowKey, cancellationToken: cancellation);
    }

    /// <summary>Whether the rows of that partition are links, and no holds.</summary>
    public static bool IsLink(string partition) => partition.StartsWith(Held, StringComparison.Ordinal);

    /// <summary>Lets a hold be found under the mailbox under which it is placed. What is on an account is found by the account.</summary>
    public static async Task AddOwnAsync(TableClient table, string key, string id, CancellationToken cancellation)
    {
        if (key.StartsWith(Holds.OfPerson, StringComparison.Ordinal))
            await LinkAsync(table, key[Holds.OfPerson.Length..], key, id, cancellation);
    }

    private static async Task LinkAsync(TableClient table, string known, string key, string id, CancellationToken cancellation) =>
        await table.UpsertEntityAsync(new TableEntity(Held + known, $"{key}.{id}"), TableUpdateMode.Merge, cancellation);

    private static (string Key, string Id) Linked(string rowKey) =>
        rowKey.IndexOf('.', StringComparison.Ordinal) is var dot ? (rowKey[..dot], rowKey[(dot + 1)..]) : default;
}

/// <summary>What a person is known by, as far as something may have been decided under it that protects their data.</summary>
/// <param name="Addresses">The addresses.</param>
/// <param name="Ids">The company's ids of them.</param>
internal sealed record HeldPerson(IEnumerable<EmailAddress> Addresses, IEnumerable<PersonId> Ids)
{
    /// <summary>All of it as our records know it.</summary>
    public IEnumerable<PersonKey> Keys(People people) =>
        Addresses.Select(people.KeyOf).Concat(Ids.Select(people.KeyOf)).Distinct();
}
