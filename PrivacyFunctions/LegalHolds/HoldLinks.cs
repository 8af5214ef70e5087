using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.AspNetCore.WebUtilities;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// Where else a person's holds are found than under the address that they were placed under: under each other address that they had then,
/// and under each id by which the company knew them. So a hold counts when the company's directory has forgotten one of them, and is found
/// from a mailbox without a look through the directory. A link holds only while its hold is in force.
/// </summary>
internal sealed class HoldLinks(RecordStorage storage, People people, Holds holds, TimeProvider time)
{
    /// <summary>With what the keys of links begin: a partition for each address and id, in the table of the holds.</summary>
    public const string Held = "held-";

    private const string Theirs = "Theirs"; // true where the hold is surely about whom the key is of
    private const string AllLinks = "PartitionKey ge 'held-' and PartitionKey lt 'held.'"; // the sign after '-'
    private const string Restricted = "restricted-"; // and for each address, in an earlier version

    // A hold is placed immediately after its links.
    private static readonly TimeSpan LeftByACrash = TimeSpan.FromDays(1);

    /// <summary>The rows of the holds in force that a key is linked to.</summary>
    public static IAsyncEnumerable<TableEntity> InForceAsync(TableClient table, PersonKey of, CancellationToken cancellation) =>
        ReadAsync(table, TableClient.CreateQueryFilter($"PartitionKey eq {Held + of.Value}"), cancellation);

    /// <summary>
    /// The rows of those that are surely about the person of that id: when they were placed, their address was proven, and nobody
    /// else's. The others protect this person too, but are told to nobody on that ground.
    /// </summary>
    public static IAsyncEnumerable<TableEntity> TheirsAsync(TableClient table, PersonKey of, CancellationToken cancellation) =>
        ReadAsync(table, TableClient.CreateQueryFilter($"PartitionKey eq {Held + of.Value} and Theirs eq true"), cancellation);

    /// <summary>The rows of the holds in force to which the links lead that the filter finds.</summary>
    public static async IAsyncEnumerable<TableEntity> ReadAsync(
        TableClient table, string filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var link in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var (key, id) = Linked(link.RowKey);
            var row = await table.GetEntityIfExistsAsync<TableEntity>(key, id, cancellationToken: cancellation);
            if (row.HasValue && !HoldRow.IsReleased(row.Value!)) yield return row.Value!;
        }
    }

    /// <summary>
    /// Lets a hold be found under everything else that its person is known by. It may come before the hold: a link without one does
    /// nothing.
    /// </summary>
    /// <param name="placedUnder">The address under which it is placed.</param>
    /// <param name="id">Its id.</param>
    /// <param name="person">What the person is known by.</param>
    /// <param name="cancellation">Stops before the next one.</param>
    public async Task AddAsync(EmailAddress placedUnder, string id, HeldPerson person, CancellationToken cancellation)
    {
        var (table, link) = (await storage.TableAsync(Holds.Table), NameOf(holds.KeyOf(placedUnder), id));
        foreach (var known in person.Keys(people).Where(known => known != people.KeyOf(placedUnder)))
            await table.UpsertEntityAsync(
                new TableEntity(Held + known.Value, link) { [Theirs] = person.Surely is { } only && known == people.KeyOf(only) },
                TableUpdateMode.Merge, cancellation);
    }

    /// <summary>Whether anything leads to a hold besides the address that it was placed under; one read, however many do.</summary>
    public async Task<bool> AreThereAnyAsync(CancellationToken cancellation) =>
        await (await storage.TableAsync(Holds.Table)).QueryAsync<TableEntity>(AllLinks, maxPerPage: 1, ["RowKey"], cancellation)
            .AnyAsync(cancellation);

    /// <summary>What a hold is linked to: for a look at a release, since it reads the whole table.</summary>
    public async Task<IReadOnlyList<PersonKey>> KeysOfAsync(EmailAddress placedUnder, string id, CancellationToken cancellation) =>
        await KeysAsync(await storage.TableAsync(Holds.Table), AllLinks, Held, NameOf(holds.KeyOf(placedUnder), id), cancellation);

    /// <summary>
    /// The person whom the hold of a row is surely about; none where that was not sure. Of a row of an earlier version, which does not say it, it
    /// reads all links that do.
    /// </summary>
    public async Task<IReadOnlyList<PersonKey>> OwnersOfAsync(TableEntity hold, CancellationToken cancellation) => HoldRow.AboutOf(hold) is { } about
        ? [about]
        : await KeysAsync(
            await storage.TableAsync(Holds.Table), AllLinks + " and Theirs eq true", Held, NameOf(hold.PartitionKey, hold.RowKey), cancellation);

    /// <summary>Whose links of that name there are.</summary>
    public static async Task<IReadOnlyList<PersonKey>> KeysAsync(
        TableClient table, string all, string prefix, string link, CancellationToken cancellation) => await table
            .QueryAsync<TableEntity>(
                all + TableClient.CreateQueryFilter($" and RowKey eq {link}"), select: ["PartitionKey"], cancellationToken: cancellation)
            .Select(row => PersonKey.FromBytes(WebEncoders.Base64UrlDecode(row.PartitionKey[prefix.Length..]))).ToListAsync(cancellation);

    /// <summary>
    /// Takes away the links of holds that are released or were never placed, and renews those of an earlier version: for a look once a day,
    /// since it reads the whole table.
    /// </summary>
    public async Task TidyAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Holds.Table);
        var (inForce, released) = (new HashSet<(string Key, string Id)>(), new HashSet<(string Key, string Id)>());
        var links = new List<TableEntity>();
        string[] columns = ["PartitionKey", "RowKey", "Timestamp", HoldRow.ReleasedAt];
        await foreach (var row in table.QueryAsync<TableEntity>(select: columns, cancellationToken: cancellation))
            if (IsLink(row.PartitionKey)) links.Add(row);
            else (HoldRow.IsReleased(row) ? released : inForce).Add((row.PartitionKey, row.RowKey)); // released for good
        foreach (var link in links)
        {
            var (hold, isOld) = (Linked(link.RowKey), link.PartitionKey.StartsWith(Restricted, StringComparison.Ordinal));
            var isOver = released.Contains(hold) || (!inForce.Contains(hold) && link.Timestamp < time.GetUtcNow() - LeftByACrash);
            if (isOld && !isOver)
                await table.UpsertEntityAsync(
                    new TableEntity(Held + link.PartitionKey[Restricted.Length..], link.RowKey), TableUpdateMode.Merge, cancellation);
            if (isOld || isOver)
                await table.DeleteEntityAsync(link.PartitionKey, link.RowKey, cancellationToken: cancellation);
        }
    }

    /// <summary>Whether the rows of that partition are links, and no holds.</summary>
    public static bool IsLink(string partition) =>
        new[] { Held, Restricted, OwnerLinks.Prefix }.Any(prefix => partition.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>How a link names a hold.</summary>
    public static string NameOf(string key, string id) => $"{key}.{id}";

    /// <summary>Whether the hold of that name lies under that address itself.</summary>
    public static bool IsUnder(PersonKey address, string name) => name.StartsWith($"{HoldRow.OfPerson}{address.Value}.", StringComparison.Ordinal);

    private static (string Key, string Id) Linked(string rowKey) =>
        rowKey.IndexOf('.', StringComparison.Ordinal) is var dot ? (rowKey[..dot], rowKey[(dot + 1)..]) : default;
}

/// <summary>What a person is known by, as far as something may have been decided under it that protects their data.</summary>
/// <param name="Addresses">The addresses.</param>
/// <param name="Ids">The company's ids of them.</param>
internal sealed record HeldPerson(IEnumerable<EmailAddress> Addresses, IEnumerable<PersonId> Ids)
{
    /// <summary>The id of the only person that an address can mean: proven to be theirs, and named by nobody else's entry.</summary>
    public PersonId? Surely { get; init; }

    /// <summary>All of it as our records know it.</summary>
    public IEnumerable<PersonKey> Keys(People people) =>
        Addresses.Select(people.KeyOf).Concat(Ids.Select(people.KeyOf)).Distinct();
}
