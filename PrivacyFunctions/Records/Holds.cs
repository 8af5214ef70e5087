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
/// The holds in force. A person is keyed like everywhere in our records, an account by its id. A released hold's row is
/// removed; that it was placed and released stands in the cases it held.
/// </summary>
internal sealed class Holds(RecordStorage storage, People people)
{
    private const string Table = "privacyHolds";

    public Task<IReadOnlyList<Hold>> OfPersonAsync(EmailAddress address, CancellationToken cancellation) =>
        ListAsync(KeyOf(address), cancellation);

    public Task<IReadOnlyList<Hold>> OfAccountAsync(AccountId account, CancellationToken cancellation) =>
        ListAsync(KeyOf(account), cancellation);

    /// <summary>Places a hold, or replaces the one of the same id.</summary>
    public Task PlaceAsync(EmailAddress address, Hold hold, CancellationToken cancellation) =>
        WriteAsync(KeyOf(address), hold, cancellation);

    /// <inheritdoc cref="PlaceAsync(EmailAddress, Hold, CancellationToken)"/>
    public Task PlaceAsync(AccountId account, Hold hold, CancellationToken cancellation) =>
        WriteAsync(KeyOf(account), hold, cancellation);

    /// <summary>Releases a hold; nothing happens if there is none of that id.</summary>
    public Task ReleaseAsync(EmailAddress address, string id, CancellationToken cancellation) =>
        DeleteAsync(KeyOf(address), id, cancellation);

    /// <inheritdoc cref="ReleaseAsync(EmailAddress, string, CancellationToken)"/>
    public Task ReleaseAsync(AccountId account, string id, CancellationToken cancellation) =>
        DeleteAsync(KeyOf(account), id, cancellation);

    private string KeyOf(EmailAddress address) => $"person-{people.KeyOf(address).Value}";

    private static string KeyOf(AccountId account) => $"account-{account}";

    private async Task<IReadOnlyList<Hold>> ListAsync(string key, CancellationToken cancellation)
    {
        var holds = new List<Hold>();
        await foreach (var hold in ReadAsync(key, cancellation)) holds.Add(hold);
        return [.. holds.OrderBy(hold => hold.Kind).ThenBy(hold => hold.Id, StringComparer.Ordinal)];
    }

    private async IAsyncEnumerable<Hold> ReadAsync(string key, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return new(
                row.RowKey, Enum.Parse<HoldKind>(row.GetString("Kind")), row.GetString("DataSet"), row.GetString("Ground"),
                row.GetString("Owner"), DateOnly.ParseExact(row.GetString("ReviewOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private async Task WriteAsync(string key, Hold hold, CancellationToken cancellation)
    {
        var row = new TableEntity(key, hold.Id)
        {
            ["Kind"] = hold.Kind.ToString(),
            ["DataSet"] = hold.DataSet,
            ["Ground"] = hold.Ground,
            ["Owner"] = hold.Owner,
            ["ReviewOn"] = hold.ReviewOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        await (await storage.TableAsync(Table)).UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    private async Task DeleteAsync(string key, string id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(key, id, ETag.All, cancellation);
}
