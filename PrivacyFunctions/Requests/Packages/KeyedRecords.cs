using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>
/// What our own records hold about a person (Art. 15(1) GDPR): which newsletters they left, what is kept beyond its time and why,
/// their requests, and what they wrote in them. It lies under a secret key of each of their addresses, or under the reference of each of their cases; a hold also
/// under an address that they had when it was placed. What is surely about somebody who had one of the addresses before them is told to nobody else.
/// </summary>
internal sealed class KeyedRecords(RecordStorage storage, People people, HoldLinks holds, IEnumerable<ISealedRecords> areSealed)
{
    private const string Key = nameof(ITableEntity.RowKey);
    private const string Partition = nameof(ITableEntity.PartitionKey);

    /// <summary>The person's records of one set, as the map lets them out; a row of which it lets out nothing is none.</summary>
    /// <param name="set">One that is told from our records.</param>
    /// <param name="who">The person.</param>
    /// <param name="asking">The request that is being answered: it is this answer itself, so it is not among them.</param>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<PersonalRecord> OfAsync(
        DataSet set, SubjectKeys who, CaseId asking, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (row, files) in RowsAsync(set, who, asking, cancellation))
            if (Read(set, row) is { Values.Count: > 0 } record)
                yield return record with { Files = files };
    }

    private async IAsyncEnumerable<(TableEntity Row, IReadOnlyList<PersonalFile> Files)> RowsAsync(
        DataSet set, SubjectKeys who, CaseId asking, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(set.Store.Name);
        var sealedAway = areSealed.FirstOrDefault(records => records.TableName == set.Store.Name);
        var partitions = (sealedAway is null
            ? await PartitionsAsync(set.Find!.Key, who, asking, cancellation)
            : await OfTheSameAsync(set.Find!.Key, who, asking, cancellation)).ToHashSet();
        foreach (var partition in partitions)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            {
                if (set.Store.Name == Holds.Table && await IsOnAnotherAsync(row, who, cancellation)) continue;
                IReadOnlyList<PersonalFile> files = sealedAway is null ? [] : [.. sealedAway.FilesOf(row)];
                sealedAway?.Open(row);
                yield return (row, files);
            }
        }

        if (set.Store.Name != Holds.Table) yield break;

        // A hold may lie under an address that they have no more, and counts all the same.
        foreach (var id in who.Persons)
            await foreach (var row in HoldLinks.TheirsAsync(table, people.KeyOf(id), cancellation))
                if (!partitions.Contains(row.PartitionKey)) yield return (row, []);
    }

    private async Task<IEnumerable<string>> PartitionsAsync(
        KeyPath path, SubjectKeys who, CaseId asking, CancellationToken cancellation) => path.Kind is KeyKind.Case
            ? await CasesAsync(path, who, asking, async (address, id, ids) =>
                ids.Count == 0 || !await people.WereOthersAsync(address, id, ids, cancellation), cancellation)
            : who.Addresses.Select(address => path.Fill(KeyKind.Keyed, people.KeyOf(address).Value));

    // What somebody said goes to them alone: it must be noted that they were the same.
    private Task<IReadOnlyList<string>> OfTheSameAsync(KeyPath path, SubjectKeys who, CaseId asking, CancellationToken cancellation) =>
        CasesAsync(path, who, asking, (address, id, ids) => people.WereAsync(address, id, ids, cancellation), cancellation);

    private async Task<IReadOnlyList<string>> CasesAsync(
        KeyPath path, SubjectKeys who, CaseId asking, Func<EmailAddress, CaseId, IReadOnlyCollection<string>, Task<bool>> areTheirs,
        CancellationToken cancellation)
    {
        var (theirs, ids) = (new List<string>(), who.Persons.Select(person => person.Value).ToList());
        foreach (var address in who.Addresses)
            foreach (var id in await people.CasesAsync([address], cancellation))
                if (id != asking && await areTheirs(address, id, ids)) theirs.Add(path.Fill(KeyKind.Case, id.Value));
        return theirs;
    }

    // A hold that is in force is linked to whom it is surely about. Nobody may be known by the address now.
    private async Task<bool> IsOnAnotherAsync(TableEntity hold, SubjectKeys who, CancellationToken cancellation) =>
        !who.Persons.IsEmpty && await holds.OwnersOfAsync(hold, cancellation) is { Count: > 0 } owners
        && !owners.Intersect(who.Persons.Select(people.KeyOf)).Any();

    // A row's keys say what it is about, such as the newsletter, where the map names them as fields.
    private static PersonalRecord Read(DataSet set, TableEntity row)
    {
        var stored = TableDataSource.ValuesOf(row);
        var (values, unmapped) = FieldFilter.Apply(set, stored);
        if (values.Count == 0) return new(row.RowKey, values, [], unmapped);
        foreach (var key in (string[])[Partition, Key])
            if (set.Fields.Any(field => field.Name == key)) stored[key] = TableDataSource.ToJson(row.GetString(key));
        return new(row.RowKey, FieldFilter.Apply(set, stored).Values, [], unmapped);
    }
}
