using System.Globalization;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// Which terminations are due on which day, in 16 shards by the first digit of the case, each in order of the day. Written
/// before the case says so, and checked against the case by whoever reads it.
/// </summary>
internal sealed class DueIndex(RecordStorage storage)
{
    /// <summary>How many there are; a shard's number is the value of the digit.</summary>
    public const int Shards = 16;

    private const string Table = "privacyDue";

    public async Task AddAsync(DateOnly day, CaseId id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).UpsertEntityAsync(
            new TableEntity(PartitionOf(id), RowKeyOf(day, id)), TableUpdateMode.Replace, cancellation);

    public async Task RemoveAsync(DateOnly day, CaseId id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(PartitionOf(id), RowKeyOf(day, id), ETag.All, cancellation);

    /// <summary>The entries of a shard that are due by that day, in order, after the one given.</summary>
    /// <param name="shard">From 0 to 15.</param>
    /// <param name="day">The last day that counts.</param>
    /// <param name="after">The last entry of the page before; null to begin.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<IReadOnlyList<DueEntry>> PageAsync(
        int shard, DateOnly day, string? after, int limit, CancellationToken cancellation)
    {
        var (partition, first, end) = (shard.ToString("x", CultureInfo.InvariantCulture), after ?? "", $"{DueEntry.TextOf(day)}~");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {first} and RowKey lt {end}");
        var table = await storage.TableAsync(Table);
        return await table.QueryAsync<TableEntity>(filter, limit, ["RowKey"], cancellation) // the service may cut a page short
            .Take(limit).Select(row => DueEntry.Read(row.RowKey)).ToListAsync(cancellation);
    }

    private static string PartitionOf(CaseId id) => id.Value[..1];

    private static string RowKeyOf(DateOnly day, CaseId id) => $"{DueEntry.TextOf(day)}-{id}";
}

/// <summary>An entry of the index.</summary>
/// <param name="Key">Its place in the shard's order.</param>
/// <param name="Day">When it is due.</param>
/// <param name="Case">What is due.</param>
internal sealed record DueEntry(string Key, DateOnly Day, CaseId Case)
{
    private const int DayLength = 10;
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A day as keys begin with it.</summary>
    public static string TextOf(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    public static DueEntry Read(string key) => new(
        key, DateOnly.ParseExact(key.AsSpan(0, DayLength), DayFormat, CultureInfo.InvariantCulture),
        CaseId.Parse(key[(DayLength + 1)..]));
}
