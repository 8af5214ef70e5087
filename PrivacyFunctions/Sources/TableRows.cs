using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// The rows within reach. They are one partition or one row; a table is scanned only where the map admits it, and then
/// only keys and the compared property travel.
/// </summary>
internal static class TableRows
{
    private const int PageSize = 1000; // the service's own maximum
    private const int IdsInAFilter = 12; // a filter has 15 comparisons at most, and the place where a scan goes on takes three

    /// <summary>Whole rows, page by page.</summary>
    public static async IAsyncEnumerable<TableEntity> ReadAsync(
        TableClient table, Reach reach, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var isScan = reach.Find is Find.Scan;
        await foreach (var row in QueryAsync(table, reach, isScan ? [] : null, cancellation))
            if (!isScan)
                yield return row;
            else if (await PointAsync(table, row.PartitionKey, row.RowKey, columns: null, cancellation) is { } whole)
                yield return whole; // null when it was deleted meanwhile
    }

    /// <summary>Only the keys and the named column, page by page.</summary>
    public static IAsyncEnumerable<TableEntity> ListAsync(
        TableClient table, Reach reach, string? column, CancellationToken cancellation) =>
        QueryAsync(table, reach, column is null ? [] : [column], cancellation);

    /// <summary>
    /// The row as it is now; null when it is gone, or when it has come to belong to somebody else since it was found.
    /// </summary>
    public static async Task<TableEntity?> ReadOwnAsync(
        TableClient table, Reach reach, ItemKey item, CancellationToken cancellation)
    {
        var (partition, key) = item.Row;
        var row = await PointAsync(table, partition, key, columns: null, cancellation);
        return row is null || (reach.Find is Find.Scan scan && !IsNamed(row, scan, reach.Keys)) ? null : row;
    }

    /// <summary>
    /// That the keys of the items are theirs. What a scan found is only known when the row is read again
    /// (<see cref="ReadOwnAsync"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The key of an item is somebody else's.</exception>
    public static void HoldToReach(Reach reach, IReadOnlyList<ItemKey> items)
    {
        if (reach.Find is Find.Scan)
            return;
        var names = reach.Names.ToHashSet(StringComparer.Ordinal);
        var within = items.Select(item => item.Row).All(row => reach.Find is Find.Row find
            ? row.PartitionKey == find.PartitionKey && names.Contains(row.RowKey)
            : names.Contains(row.PartitionKey));
        if (!within)
            throw new ArgumentException($"An item of the data set '{reach.Set.Id}' belongs to somebody else.", nameof(items));
    }

    private static IAsyncEnumerable<TableEntity> QueryAsync(
        TableClient table, Reach reach, string[]? columns, CancellationToken cancellation)
    {
        string[]? selected = columns is null ? null
            : [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), .. columns];
        return reach.Find switch
        {
            Find.Partition => PartitionsAsync(table, reach, selected, cancellation),
            Find.Row row => PointsAsync(table, row.PartitionKey, reach, selected, cancellation),
            Find.Scan scan => ScanAsync(table, scan, reach, [.. selected ?? [], scan.Property], cancellation),
            _ => throw new InvalidOperationException("A table is found by keys or by an admitted scan."),
        };
    }

    private static async IAsyncEnumerable<TableEntity> PartitionsAsync(
        TableClient table, Reach reach, string[]? columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var name in reach.Names)
        {
            var filter = reach.After is { Row: var (partition, row) } && partition == name
                ? TableClient.CreateQueryFilter($"PartitionKey eq {name} and RowKey gt {row}")
                : TableClient.CreateQueryFilter($"PartitionKey eq {name}");
            await foreach (var found in PagesAsync(table, filter, reach, columns, cancellation))
                yield return found;
        }
    }

    private static async IAsyncEnumerable<TableEntity> PointsAsync(
        TableClient table, string partition, Reach reach, string[]? columns,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var name in reach.Names.Where(name => reach.After != ItemKey.OfRow(partition, name)))
            if (await PointAsync(table, partition, name, columns, cancellation) is { } row)
                yield return row;
    }

    /// <summary>
    /// The comparison is made here too, not by the service alone: an address is stored as it was typed, and a filter knows no
    /// spelling but its own. Ids have one spelling, so only rows with theirs travel.
    /// </summary>
    private static async IAsyncEnumerable<TableEntity> ScanAsync(
        TableClient table, Find.Scan scan, Reach reach, string[] columns,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var later = reach.After is { Row: var (partition, last) }
            ? " and " + TableClient.CreateQueryFilter($"(PartitionKey gt {partition} or (PartitionKey eq {partition} and RowKey gt {last}))")
            : "";
        string[] filters = scan.Key.Kind is KeyKind.Email ? [""]
            : [.. reach.Keys.Ids(scan.Key.Kind).Chunk(IdsInAFilter).Select(ids => $"({string.Join(" or ", ids.Select(Named))}){later}")];
        foreach (var filter in filters)
            await foreach (var row in PagesAsync(table, filter, reach, columns, cancellation))
                if (IsNamed(row, scan, reach.Keys))
                    yield return row;

        string Named(string id) => TableClient.CreateQueryFilter(FormattableStringFactory.Create(scan.Property + " eq {0}", id));
    }

    private static IAsyncEnumerable<TableEntity> PagesAsync(
        TableClient table, string filter, Reach reach, string[]? columns, CancellationToken cancellation) => PagesAhead.ReadAsync(
            stop => table.QueryAsync<TableEntity>(filter, PageSize, columns, stop), reach.Most, cancellation);

    private static async Task<TableEntity?> PointAsync(
        TableClient table, string partition, string key, string[]? columns, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, columns, cancellation);
        return row.HasValue ? row.Value : null;
    }

    private static bool IsNamed(TableEntity row, Find.Scan scan, DataKeys keys) =>
        keys.IsNamedBy(row.TryGetValue(scan.Property, out var stored) ? stored as string : null, scan.Key.Kind);
}
