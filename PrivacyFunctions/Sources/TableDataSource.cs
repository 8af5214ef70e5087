using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Data sets in Azure Tables. A person's rows are one partition or one row; a table is scanned only where the map
/// admits it, and then only its keys and the compared property travel before the person's own rows are read.
/// </summary>
internal sealed class TableDataSource(CompanyStorage storage) : IPersonalDataSource
{
    private const int PageSize = 1000; // the service's own maximum

    /// <summary>What a row has by being a row; the keys are made of other fields.</summary>
    private static readonly HashSet<string> OfTheStore =
        [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), nameof(ITableEntity.Timestamp), "odata.etag"];

    public StoreKind Store => StoreKind.Table;

    public async IAsyncEnumerable<PersonalRecord> ExportAsync(
        DataSet set, SubjectKeys subject, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var find = GatheredSet.FindOf(set);
        var table = storage.Table(set);
        await foreach (var row in RowsAsync(table, find, subject, cancellation))
            yield return ToRecord(set, row);
    }

    private static IAsyncEnumerable<TableEntity> RowsAsync(
        TableClient table, Find find, SubjectKeys subject, CancellationToken cancellation) => find switch
    {
        Find.Partition partition => PartitionsAsync(table, subject.Fill(partition.Key), cancellation),
        Find.Row row => PointsAsync(table, row.PartitionKey, subject.Fill(row.Key), cancellation),
        Find.Scan scan => ScanAsync(table, scan, subject, cancellation),
        _ => throw new InvalidOperationException("A table is found by keys or by an admitted scan."),
    };

    private static async IAsyncEnumerable<TableEntity> PartitionsAsync(
        TableClient table, IEnumerable<string> keys, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var key in keys)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key}");
            await foreach (var row in table.QueryAsync<TableEntity>(filter, PageSize, cancellationToken: cancellation))
                yield return row;
        }
    }

    private static async IAsyncEnumerable<TableEntity> PointsAsync(
        TableClient table, string partition, IEnumerable<string> keys, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var key in keys)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
            if (row.HasValue)
                yield return row.Value!;
        }
    }

    /// <summary>
    /// The comparison is made here, not by the service: an address is stored as it was typed, and a filter knows no
    /// spelling but its own.
    /// </summary>
    private static async IAsyncEnumerable<TableEntity> ScanAsync(
        TableClient table, Find.Scan scan, SubjectKeys subject, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string[] compared = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), scan.Property];
        await foreach (var seen in table.QueryAsync<TableEntity>(filter: "", PageSize, compared, cancellation))
        {
            if (!subject.IsNamedBy(seen.TryGetValue(scan.Property, out var stored) ? stored as string : null, scan.Key.Kind))
                continue;
            await foreach (var row in PointsAsync(table, seen.PartitionKey, [seen.RowKey], cancellation))
                yield return row; // none when it was deleted meanwhile
        }
    }

    private static PersonalRecord ToRecord(DataSet set, TableEntity row)
    {
        var stored = row.Where(property => property.Value is not null && !OfTheStore.Contains(property.Key))
            .ToDictionary(property => property.Key, property => ToJson(property.Value));
        var (values, unmapped) = FieldFilter.Apply(set.Fields, stored);
        return new PersonalRecord(row.RowKey, values, [], unmapped);
    }

    private static JsonElement ToJson(object value) => value switch
    {
        BinaryData bytes => JsonSerializer.SerializeToElement(Convert.ToBase64String(bytes)),
        _ => JsonSerializer.SerializeToElement(value, value.GetType()),
    };
}
