using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Domain;

namespace PrivacyFunctions.Records;

/// <summary>What protects data from erasure and purge; the order is that of precedence.</summary>
internal enum HoldKind
{
    /// <summary>A law or a legal claim needs it (art. 17(3)(b), (e); K-EXTEND).</summary>
    Legal,

    /// <summary>The person wants it kept while something is looked into (art. 18(1)(b), (c)).</summary>
    Restriction,
}

/// <summary>A protection of one person's or one account's data.</summary>
/// <param name="Id">Given by whoever placed it: the same id is the same hold.</param>
/// <param name="Kind">What it rests on.</param>
/// <param name="DataSet">The data set that it covers; null for all.</param>
/// <param name="Ground">Why, in words without personal data.</param>
/// <param name="Owner">Who answers for it: an operator's or a department's id.</param>
/// <param name="ReviewOn">When it is looked at again.</param>
internal sealed record Hold(string Id, HoldKind Kind, string? DataSet, string Ground, string Owner, DateOnly ReviewOn)
{
    /// <summary>Whether it covers that data set.</summary>
    public bool Covers(string dataSet) => DataSet is null || DataSet == dataSet;
}

/// <summary>
/// The holds, with who placed and who released them: what is destroyed after a release has somebody who answers for it. A
/// person is keyed like everywhere in our records, an account by its id.
/// </summary>
internal sealed class Holds(RecordStorage storage, People people, TimeProvider time)
{
    private const string Table = "privacyHolds";
    private const string ReleasedAt = "ReleasedAt";

    /// <summary>The holds in force on a person, under whichever of their addresses they were placed.</summary>
    public Task<IReadOnlyList<Hold>> OfPersonAsync(IEnumerable<EmailAddress> addresses, CancellationToken cancellation) =>
        ListAsync(addresses.Distinct().Select(KeyOf), cancellation);

    public Task<IReadOnlyList<Hold>> OfAccountAsync(AccountId account, CancellationToken cancellation) =>
        ListAsync([KeyOf(account)], cancellation);

    /// <summary>Places a hold, or changes the one of the same id that is in force.</summary>
    /// <param name="address">Whose data it protects.</param>
    /// <param name="hold">The hold.</param>
    /// <param name="by">The operator's id.</param>
    /// <param name="cancellation">Stops before it is placed.</param>
    /// <returns>False, and nothing changed, when a hold of that id was released: its record stays.</returns>
    public Task<bool> TryPlaceAsync(EmailAddress address, Hold hold, string by, CancellationToken cancellation) =>
        WriteAsync(KeyOf(address), hold, by, cancellation);

    /// <inheritdoc cref="TryPlaceAsync(EmailAddress, Hold, string, CancellationToken)"/>
    public Task<bool> TryPlaceAsync(AccountId account, Hold hold, string by, CancellationToken cancellation) =>
        WriteAsync(KeyOf(account), hold, by, cancellation);

    /// <summary>Releases a hold; its row stays.</summary>
    /// <returns>False when no hold of that id is in force.</returns>
    public Task<bool> TryReleaseAsync(EmailAddress address, string id, string by, CancellationToken cancellation) =>
        EndAsync(KeyOf(address), id, by, cancellation);

    /// <inheritdoc cref="TryReleaseAsync(EmailAddress, string, string, CancellationToken)"/>
    public Task<bool> TryReleaseAsync(AccountId account, string id, string by, CancellationToken cancellation) =>
        EndAsync(KeyOf(account), id, by, cancellation);

    private string KeyOf(EmailAddress address) => $"person-{people.KeyOf(address).Value}";

    private static string KeyOf(AccountId account) => $"account-{account}";

    private async Task<IReadOnlyList<Hold>> ListAsync(IEnumerable<string> keys, CancellationToken cancellation)
    {
        var holds = new HashSet<Hold>();
        foreach (var key in keys)
            await foreach (var hold in ReadAsync(key, cancellation))
                holds.Add(hold);
        return [.. holds.OrderBy(hold => hold.Kind).ThenBy(hold => hold.Id, StringComparer.Ordinal)];
    }

    private async IAsyncEnumerable<Hold> ReadAsync(string key, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            if (!row.ContainsKey(ReleasedAt)) yield return new(
                row.RowKey, Enum.Parse<HoldKind>(row.GetString("Kind")), row.GetString("DataSet"), row.GetString("Ground"),
                row.GetString("Owner"), DateOnly.ParseExact(row.GetString("ReviewOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private async Task<bool> WriteAsync(string key, Hold hold, string by, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(key, hold.Id, cancellationToken: cancellation);
            if (found.HasValue && found.Value!.ContainsKey(ReleasedAt)) return false;
            var row = found.HasValue ? found.Value! : new TableEntity(key, hold.Id);
            row["Kind"] = hold.Kind.ToString();
            row["DataSet"] = hold.DataSet;
            row["Ground"] = hold.Ground;
            row["Owner"] = hold.Owner;
            row["ReviewOn"] = hold.ReviewOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var verb = found.HasValue ? "Changed" : "Placed";
            row[$"{verb}By"] = by;
            row[$"{verb}At"] = time.GetUtcNow();
            try
            {
                if (found.HasValue) await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
                else await table.AddEntityAsync(row, cancellation);
                return true;
            }
            catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
            {
                // Somebody else placed, changed or released it at this moment: it is looked at again.
            }
        }
    }

    private async Task<bool> EndAsync(string key, string id, string by, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(key, id, cancellationToken: cancellation);
        if (!found.HasValue || found.Value!.ContainsKey(ReleasedAt)) return false;
        var end = new TableEntity(key, id) { ["ReleasedBy"] = by, [ReleasedAt] = time.GetUtcNow() };
        await table.UpdateEntityAsync(end, found.Value.ETag, TableUpdateMode.Merge, cancellation);
        return true;
    }
}
