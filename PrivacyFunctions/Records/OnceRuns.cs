using Azure;
using Azure.Data.Tables;

namespace PrivacyFunctions.Records;

/// <summary>
/// Which dated jobs were begun and which are over. The engine would start a finished instance over silently; the row here
/// rules that out.
/// </summary>
internal sealed class OnceRuns(RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacyRuns";
    private const string Partition = "run";
    private const string EndedAt = "EndedAt";

    /// <summary>Notes that a job begins.</summary>
    /// <returns>False when it is over already; true when it has to be started, perhaps for the second time after a crash.</returns>
    public async Task<bool> BeginAsync(string run, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        try
        {
            await table.AddEntityAsync(new TableEntity(Partition, run) { ["BegunAt"] = time.GetUtcNow() }, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            var row = await table.GetEntityAsync<TableEntity>(Partition, run, cancellationToken: cancellation);
            return !row.Value.ContainsKey(EndedAt);
        }
    }

    /// <summary>Notes that a job is over.</summary>
    public async Task EndAsync(string run, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).UpdateEntityAsync(
            new TableEntity(Partition, run) { [EndedAt] = time.GetUtcNow() }, ETag.All, TableUpdateMode.Merge, cancellation);

    /// <summary>Deletes the rows of jobs that were over at an instant; nobody may begin one of them any more.</summary>
    public async Task ForgetAsync(DateTimeOffset endedBefore, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and EndedAt lt {endedBefore}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
    }
}
