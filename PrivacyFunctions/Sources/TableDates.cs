using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>Data sets in Azure Tables, everybody's rows. Only keys and the asked columns travel.</summary>
internal sealed class TableDates(CompanyStorage storage) : IDatedSource
{
    private const int RowsInATransaction = 100;

    /// <inheritdoc/>
    public bool Reaches(DataSet set) => set.Store is StoreLocation.Table;

    public async Task<DatedPage> PageAsync(
        DataSet set, IReadOnlyList<string> columns, string? place, int size, CancellationToken cancellation)
    {
        string[] selected = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), .. columns];
        try
        {
            var page = await storage.Table(set).QueryAsync<TableEntity>((string?)null, size, selected, cancellation)
                .AsPages(place, size).FirstOrDefaultAsync(cancellation);
            return new(
                [.. (page?.Values ?? []).Select(row => Read(row, columns))],
                page?.ContinuationToken is { Length: > 0 } next ? next : null);
        }
        catch (RequestFailedException failure) when (!set.IsGathered && failure.ErrorCode == TableErrorCode.TableNotFound)
        {
            return new([], Next: null); // a table of ours is made by its first row
        }
    }

    public Task<SweptItem> EraseAsync(DataSet set, DatedItem item, CancellationToken cancellation) => TryAsync(async () =>
    {
        var (partition, row) = item.Key.Row;
        var response = await storage.Table(set).DeleteEntityAsync(partition, row, new ETag(item.Version!), cancellation);
        return response.Status is not 404;
    });

    public async Task<SweptItem> AnonymiseAsync(DataSet set, DatedItem item, byte[] salt, CancellationToken cancellation)
    {
        var table = storage.Table(set);
        var (partition, key) = item.Key.Row;
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
        return !found.HasValue ? SweptItem.WasGone
            : found.Value!.ETag.ToString() != item.Version ? SweptItem.Changed
            : await TryAsync(() => TableAnonymisation.AnonymiseAsync(table, set, set.Find!, found.Value, salt, cancellation));
    }

    // In the partitions of the anonymous hardly anybody else writes, so a transaction serves a hundred. One that has changed was
    // written by somebody else, and tells nothing any more.
    public async Task TouchAnonymisedAsync(DataSet set, IReadOnlyList<DatedItem> items, CancellationToken cancellation)
    {
        var (table, anonymised) = (storage.Table(set), items.Where(item => TableAnonymisation.IsAnonymised(set, item)).ToList());
        var batches = anonymised.Where(item => TableAnonymisation.IsAnonymous(item.Key.Row.PartitionKey))
            .GroupBy(item => item.Key.Row.PartitionKey).SelectMany(partition => partition.Chunk(RowsInATransaction));
        foreach (var batch in batches)
            try
            {
                await table.SubmitTransactionAsync(
                    batch.Select(item => new TableTransactionAction(TableTransactionActionType.UpdateMerge, AsItIs(item), ETag.All)), cancellation);
            }
            catch (TableTransactionFailedException failure) when (failure.ErrorCode == TableErrorCode.ResourceNotFound)
            {
                await TouchEachAsync(table, batch, cancellation); // one of them was erased meanwhile
            }

        await TouchEachAsync(table, anonymised.Where(item => !TableAnonymisation.IsAnonymous(item.Key.Row.PartitionKey)), cancellation);
    }

    private static Task<int> TouchEachAsync(TableClient table, IEnumerable<DatedItem> items, CancellationToken cancellation) =>
        Bounded.CountAsync(
            items,
            async (item, stop) => await TryAsync(async () =>
            {
                await table.UpdateEntityAsync(AsItIs(item), new ETag(item.Version!), TableUpdateMode.Merge, stop);
                return true;
            }) is SweptItem.Gone,
            cancellation);

    private static TableEntity AsItIs(DatedItem item) => new(item.Key.Row.PartitionKey, item.Key.Row.RowKey);

    private static async Task<SweptItem> TryAsync(Func<Task<bool>> destroy)
    {
        try
        {
            return await destroy() ? SweptItem.Gone : SweptItem.WasGone;
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            return SweptItem.Changed;
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == TableErrorCode.ResourceNotFound)
        {
            return SweptItem.WasGone;
        }
    }

    private static DatedItem Read(TableEntity row, IEnumerable<string> columns) => new(
        ItemKey.OfRow(row.PartitionKey, row.RowKey), row.ETag.ToString(),
        columns.Distinct().ToDictionary(column => column, column => row.TryGetValue(column, out var value) ? value : null));
}
