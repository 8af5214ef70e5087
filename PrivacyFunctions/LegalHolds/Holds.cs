using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// The holds, with who placed and who released them: what is destroyed after a release has somebody who answers for it. A
/// person is keyed like everywhere in our records, an account by its id.
/// </summary>
internal sealed class Holds(RecordStorage storage, People people, TimeProvider time)
{
    /// <summary>Where they lie.</summary>
    public const string Table = "privacyHolds";

    /// <summary>
    /// The holds in force that keep a person's data, under whichever of their addresses they were placed, also of those that they had
    /// when it was placed and have no more.
    /// </summary>
    public async Task<IReadOnlyList<Hold>> OfPersonAsync(HeldPerson person, CancellationToken cancellation) =>
        [.. (await InForceAsync(person.Keys(people), cancellation)).Where(hold => hold.KeepsData)];

    /// <summary>The same of the person of that key, where nothing else of them is known any more.</summary>
    public async Task<IReadOnlyList<Hold>> OfPersonAsync(PersonKey person, CancellationToken cancellation) =>
        [.. (await InForceAsync([person], cancellation)).Where(hold => hold.KeepsData)];

    /// <summary>The holds in force by which a person's data is not used.</summary>
    public async Task<IReadOnlyList<Hold>> AgainstUseAsync(HeldPerson person, CancellationToken cancellation) =>
        [.. (await InForceAsync(person.Keys(people), cancellation)).Where(hold => hold.StopsUse)];

    /// <summary>
    /// The holds in force by which data is not used under an address. A person's own request stops nothing there once others than they have
    /// proved to have the address: it stays with the person.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="provedBy">Who has proved it to the company; asked only if that matters.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<Hold>> AgainstUseAtAsync(
        EmailAddress address, Func<CancellationToken, Task<IReadOnlyList<PersonId>>> provedBy, CancellationToken cancellation)
    {
        var found = await RowsInForceAsync([people.KeyOf(address)], cancellation).ToListAsync(cancellation);
        if (found.Exists(HoldRow.IsOwnRequest))
        {
            var provers = (await provedBy(cancellation)).Select(people.KeyOf).ToHashSet();
            if (provers.Count > 0) found.RemoveAll(row => HoldRow.IsOwnRequest(row) && HoldRow.AboutOf(row) is { } about && !provers.Contains(about));
        }

        return [.. InOrder(found.Select(HoldRow.Read)).Where(hold => hold.StopsUse)];
    }

    /// <summary>Whether a hold in force keeps any person's data; for a few looks a day, since the others are passed over.</summary>
    public async Task<bool> IsAnyPersonHeldAsync(CancellationToken cancellation)
    {
        var (first, end) = (HoldRow.OfPerson, "person."); // the sign after '-'
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {end}");
        return await (await storage.TableAsync(Table)).QueryAsync<TableEntity>(filter, select: [HoldRow.ReleasedAt, "Kind"], cancellationToken: cancellation)
            .AnyAsync(row => !HoldRow.IsReleased(row) && row.GetString("Kind") != nameof(HoldKind.Objection), cancellation);
    }

    /// <summary>The holds in force on an account.</summary>
    public async Task<IReadOnlyList<Hold>> OfAccountAsync(AccountId account, CancellationToken cancellation) =>
        InOrder(await ReadAsync(HoldRow.KeyOf(account), cancellation).Select(HoldRow.Read).ToListAsync(cancellation));

    /// <summary>The rows of the holds in force that count for a person, each once.</summary>
    public IAsyncEnumerable<TableEntity> RowsOfAsync(HeldPerson person, CancellationToken cancellation) =>
        RowsInForceAsync(person.Keys(people), cancellation).DistinctBy(row => (row.PartitionKey, row.RowKey));

    /// <summary>The rows of the holds in force on an account.</summary>
    public IAsyncEnumerable<TableEntity> RowsOfAsync(AccountId account, CancellationToken cancellation) => ReadAsync(HoldRow.KeyOf(account), cancellation);

    /// <summary>All holds in force on accounts, whichever they are, with when they were placed.</summary>
    public async IAsyncEnumerable<(AccountId Account, Hold Hold, DateTimeOffset PlacedAt)> OnAccountsAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (first, end) = (HoldRow.OfAccount, "account."); // the sign after '-'
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {end}");
        await foreach (var row in (await storage.TableAsync(Table)).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            if (!HoldRow.IsReleased(row)) yield return (HoldRow.AccountOf(row), HoldRow.Read(row), row.GetDateTimeOffset("PlacedAt")!.Value);
    }

    /// <summary>Places a hold, or changes the one of the same id that is in force.</summary>
    /// <param name="address">Whose data it protects.</param>
    /// <param name="hold">The hold.</param>
    /// <param name="by">The operator's id.</param>
    /// <param name="cancellation">Stops before it is placed.</param>
    /// <param name="about">The only person whom it can mean, where that is clear; noted once.</param>
    /// <returns>Whether it is placed. It is not changed to cover less: an erasure that it stopped goes on with its release alone.</returns>
    public Task<HoldPlacing> PlaceAsync(EmailAddress address, Hold hold, string by, CancellationToken cancellation, PersonId? about = null) =>
        WriteAsync(KeyOf(address), hold, by, cancellation, about: about);

    /// <inheritdoc cref="PlaceAsync(EmailAddress, Hold, string, CancellationToken, PersonId?)"/>
    public Task<HoldPlacing> PlaceAsync(AccountId account, Hold hold, string by, CancellationToken cancellation) =>
        WriteAsync(HoldRow.KeyOf(account), hold, by, cancellation);

    /// <summary>Changes a hold in force so that it stops the use alone. What it has kept until then, its caller sees to.</summary>
    public Task<HoldPlacing> StopUseAloneAsync(EmailAddress address, Hold hold, string by, CancellationToken cancellation) =>
        WriteAsync(KeyOf(address), hold with { Kind = HoldKind.Objection }, by, cancellation, mayCoverLess: true);

    /// <summary>Whether a hold of that id was ever placed under the address.</summary>
    public Task<bool> WasPlacedAsync(EmailAddress address, string id, CancellationToken cancellation) =>
        WasPlacedAsync(KeyOf(address), id, cancellation);

    /// <summary>The same on an account.</summary>
    public Task<bool> WasPlacedAsync(AccountId account, string id, CancellationToken cancellation) =>
        WasPlacedAsync(HoldRow.KeyOf(account), id, cancellation);

    /// <summary>Releases a hold; its row stays, with whoever released it first.</summary>
    public Task<HoldRelease> ReleaseAsync(EmailAddress address, string id, string by, CancellationToken cancellation) =>
        EndAsync(KeyOf(address), id, by, cancellation);

    /// <inheritdoc cref="ReleaseAsync(EmailAddress, string, string, CancellationToken)"/>
    public Task<HoldRelease> ReleaseAsync(AccountId account, string id, string by, CancellationToken cancellation) =>
        EndAsync(HoldRow.KeyOf(account), id, by, cancellation);

    /// <summary>The key under which a person's holds lie that were placed under that address.</summary>
    public string KeyOf(EmailAddress address) => $"{HoldRow.OfPerson}{people.KeyOf(address).Value}";

    private async Task<bool> WasPlacedAsync(string key, string id, CancellationToken cancellation) =>
        (await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(key, id, ["RowKey"], cancellation)).HasValue;

    private async Task<IReadOnlyList<Hold>> InForceAsync(IEnumerable<PersonKey> keys, CancellationToken cancellation) =>
        InOrder(await RowsInForceAsync(keys, cancellation).Select(HoldRow.Read).ToListAsync(cancellation));

    private async IAsyncEnumerable<TableEntity> RowsInForceAsync(
        IEnumerable<PersonKey> keys, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        foreach (var key in keys)
        {
            await foreach (var row in ReadAsync($"{HoldRow.OfPerson}{key.Value}", cancellation)) yield return row;
            await foreach (var row in HoldLinks.InForceAsync(table, key, cancellation)) yield return row;
        }
    }

    private static IReadOnlyList<Hold> InOrder(IEnumerable<Hold> holds) =>
        [.. holds.Distinct().OrderBy(hold => hold.Kind).ThenBy(hold => hold.Id, StringComparer.Ordinal)];

    private async IAsyncEnumerable<TableEntity> ReadAsync(string key, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            if (!HoldRow.IsReleased(row)) yield return row;
    }

    private async Task<HoldPlacing> WriteAsync(
        string key, Hold hold, string by, CancellationToken cancellation, bool mayCoverLess = false, PersonId? about = null)
    {
        var table = await storage.TableAsync(Table);
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(key, hold.Id, cancellationToken: cancellation);
            if (found.HasValue && HoldRow.IsReleased(found.Value!)) return HoldPlacing.WasReleased;
            if (found.HasValue && !mayCoverLess && CoversLess(hold, HoldRow.Read(found.Value!))) return HoldPlacing.WouldCoverLess;
            var row = found.HasValue ? found.Value! : new TableEntity(key, hold.Id);
            HoldRow.Write(row, hold, about is { } person ? people.KeyOf(person) : null);
            var verb = found.HasValue ? "Changed" : "Placed";
            row[$"{verb}By"] = by;
            row[$"{verb}At"] = time.GetUtcNow();
            try
            {
                if (found.HasValue) await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
                else await table.AddEntityAsync(row, cancellation);
                return HoldPlacing.Placed;
            }
            catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
            {
                // Somebody else placed, changed or released it at this moment: it is looked at again.
            }
        }
    }

    private static bool CoversLess(Hold hold, Hold inForce) =>
        (hold.DataSet is { } set && inForce.DataSet != set) || (inForce.StopsUse && !hold.StopsUse) || (inForce.KeepsData && !hold.KeepsData);

    private async Task<HoldRelease> EndAsync(string key, string id, string by, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(key, id, cancellationToken: cancellation);
            if (!found.HasValue) return HoldRelease.Unknown;
            if (HoldRow.IsReleased(found.Value!)) return HoldRelease.DoneBefore;
            var end = new TableEntity(key, id) { ["ReleasedBy"] = by, [HoldRow.ReleasedAt] = time.GetUtcNow() };
            try
            {
                await table.UpdateEntityAsync(end, found.Value!.ETag, TableUpdateMode.Merge, cancellation);
                return HoldRelease.Done;
            }
            catch (RequestFailedException failure) when (failure.Status == 412)
            {
                // Somebody changed it, or was reminded of it, at this moment: it is looked at again.
            }
        }
    }
}
