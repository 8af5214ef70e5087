using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.WebUtilities;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// Lets people's holds be found under what the company's directory has learned of them since they were placed: who proved to have the
/// address of a hold, and the other addresses that they proved. What nobody proved may be a slip, and a link lasts; such an entry counts
/// as long as the directory has it. For a look once a night: it reads the directory twice while anybody is held.
/// </summary>
internal sealed class DirectoryLinks(DataMapRegister map, IEnumerable<IDatedSource> sources, RecordStorage storage, People people)
{
    private Identity Identity => map.Directory.Identity!;

    /// <summary>Adds the links that are missing. Those that are there stay, whatever the directory has forgotten.</summary>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Holds.Table);
        var (own, linked) = await InForceAsync(table, cancellation);
        if (own.Count == 0 && linked.Values.All(holds => holds.Count == 0)) return;

        // Whoever else has one of their other addresses is linked to nothing: a hold is about the owner of the address under which it lies.
        await foreach (var (address, person) in EntriesAsync(cancellation))
            foreach (var hold in Of(own, address)) await AddAsync(person, hold);
        await foreach (var (address, person) in EntriesAsync(cancellation))
            foreach (var hold in Of(linked, person).Where(hold => !HoldLinks.IsUnder(address, hold))) await AddAsync(address, hold);

        async Task AddAsync(PersonKey of, string hold)
        {
            if (!linked.TryAdd(of, [hold]) && !linked[of].Add(hold)) return;
            try
            {
                await table.AddEntityAsync(new TableEntity(HoldLinks.Held + of.Value, hold), cancellation);
            }
            catch (RequestFailedException failure) when (failure.Status == 409)
            {
                // Placed anew at this moment.
            }
        }
    }

    // The holds of persons by the address under which they were placed, and by what else leads to them. A person's own request is about
    // them, at each address that they prove, and not about whoever gets its mailbox: it is not among the first.
    private static async Task<(Dictionary<PersonKey, HashSet<string>> Own, Dictionary<PersonKey, HashSet<string>> Linked)> InForceAsync(
        TableClient table, CancellationToken cancellation)
    {
        var (own, linked, inForce) = (new Dictionary<PersonKey, HashSet<string>>(), new Dictionary<PersonKey, HashSet<string>>(), new HashSet<string>());
        string[] columns = ["PartitionKey", "RowKey", HoldRow.ReleasedAt];
        await foreach (var row in table.QueryAsync<TableEntity>(select: columns, cancellationToken: cancellation))
            if (KeyIn(row, HoldLinks.Held) is { } of) Add(linked, of, row.RowKey);
            else if (KeyIn(row, HoldRow.OfPerson) is { } held && !HoldRow.IsReleased(row) && HoldLinks.NameOf(row.PartitionKey, row.RowKey) is var hold)
            {
                inForce.Add(hold);
                if (Hold.RequestOf(row.RowKey) is null) Add(own, held, hold);
            }

        foreach (var holds in linked.Values) holds.IntersectWith(inForce);
        return (own, linked);
    }

    private async IAsyncEnumerable<(PersonKey Address, PersonKey Person)> EntriesAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var directory = sources.First(source => source.Reaches(map.Directory));
        string? place = null;
        do
        {
            var page = await directory.PageAsync(
                map.Directory, [Identity.Address, Identity.Person, Identity.ProvenAt], place, DatedPage.Size, cancellation);
            foreach (var entry in page.Items)
                if (EmailAddress.TryParse(entry.ValueOf(Identity.Address) as string, out var address)
                    && PersonId.TryParse(entry.ValueOf(Identity.Person) as string, out var person)
                    && Anchor.TryRead(entry.ValueOf(Identity.ProvenAt), out var provenAt) && provenAt is not null)
                    yield return (people.KeyOf(address), people.KeyOf(person));
            place = page.Next;
        }
        while (place is not null);
    }

    private static PersonKey? KeyIn(TableEntity row, string prefix) => row.PartitionKey.StartsWith(prefix, StringComparison.Ordinal)
        ? PersonKey.FromBytes(WebEncoders.Base64UrlDecode(row.PartitionKey[prefix.Length..]))
        : null;

    private static void Add(Dictionary<PersonKey, HashSet<string>> holds, PersonKey of, string hold)
    {
        if (!holds.TryAdd(of, [hold])) holds[of].Add(hold);
    }

    private static IReadOnlyCollection<string> Of(Dictionary<PersonKey, HashSet<string>> holds, PersonKey of) =>
        holds.TryGetValue(of, out var found) ? [.. found] : [];
}
