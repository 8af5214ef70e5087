using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>Deletes the rows of a person or an account, and no other row.</summary>
internal static class TableErasure
{
    /// <inheritdoc cref="IPersonalDataSource.EraseAsync"/>
    public static async Task<int> EraseAsync(
        TableClient table, Reach reach, IReadOnlyList<ItemKey> items, CancellationToken cancellation)
    {
        TableRows.HoldToReach(reach, items);
        if (reach.Find is Find.Scan)
            return await Bounded.CountAsync(
                items.Distinct(), (item, stop) => EraseOwnAsync(table, reach, item, stop), cancellation);

        var batches = items.Distinct().GroupBy(item => item.Row.PartitionKey)
            .SelectMany(partition => partition.Chunk(PersonalDataSources.LargestBatch)).ToList();
        return (await Bounded.SelectAsync(batches, (batch, stop) => EraseBatchAsync(table, batch, stop), cancellation)).Sum();
    }

    /// <summary>The row's version goes with the deletion: one that is given to somebody else at this moment stays.</summary>
    private static async Task<bool> EraseOwnAsync(
        TableClient table, Reach reach, ItemKey item, CancellationToken cancellation) =>
        await TableRows.ReadOwnAsync(table, reach, item, cancellation) is { } row
            && await DeleteAsync(table, item, row.ETag, cancellation);

    private static async Task<int> EraseBatchAsync(
        TableClient table, ItemKey[] items, CancellationToken cancellation)
    {
        var deletions = items.Select(item => new TableTransactionAction(
            TableTransactionActionType.Delete, new TableEntity(item.Row.PartitionKey, item.Row.RowKey), ETag.All));
        try
        {
            await table.SubmitTransactionAsync(deletions, cancellation);
            return items.Length;
        }
        catch (TableTransactionFailedException fault)
            when (fault.Status is 404 && fault.ErrorCode != TableErrorCode.TableNotFound)
        {
            // One row that is gone already fails the whole transaction, so each is deleted for itself.
            return await Bounded.CountAsync(
                items, (item, stop) => DeleteAsync(table, item, ETag.All, stop), cancellation);
        }
    }

    /// <returns>False when it was gone already.</returns>
    private static async Task<bool> DeleteAsync(
        TableClient table, ItemKey item, ETag version, CancellationToken cancellation)
    {
        var (partition, row) = item.Row;
        var response = await table.DeleteEntityAsync(partition, row, version, cancellation);
        return response.Status is not 404;
    }
}
