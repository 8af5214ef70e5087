using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Evidence;

/// <summary>What is about to be destroyed, or kept with a ground.</summary>
/// <param name="Case">On whose account.</param>
/// <param name="Subject">Whose data: a person's keyed id or an account's id, never an address.</param>
/// <param name="DataSet">Where.</param>
/// <param name="Action">"erase", "anonymise" or "retain".</param>
/// <param name="Ground">Why it is kept; null for what goes.</param>
/// <param name="Items">How many items were counted before.</param>
/// <param name="Plan">The hash of the approved plan; null for a purge, which the contract's end demands.</param>
internal sealed record LedgerEntry(
    CaseId Case, string Subject, string DataSet, string Action, string? Ground, long Items, string? Plan);

/// <summary>
/// The erasure ledger: an entry is written before anything is destroyed and completed after, so that a crash shows what was
/// under way, and a restored backup can be brought up to date by doing again what the ledger says (K-BACKUP). Entries hold
/// no address; repeating one changes nothing.
/// </summary>
internal sealed class ErasureLedger(RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacyLedger";
    private const string CompletedAt = "CompletedAt";

    /// <summary>Enters what is about to happen; the first entry of a case, data set and action stays.</summary>
    /// <returns>The number of items that the first entry counted.</returns>
    public async Task<long> EnterAsync(LedgerEntry entry, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var row = new TableEntity(entry.Case.Value, RowKey(entry.DataSet, entry.Action))
        {
            ["Subject"] = entry.Subject,
            ["DataSet"] = entry.DataSet,
            ["Action"] = entry.Action,
            ["Ground"] = entry.Ground,
            ["Items"] = entry.Items,
            ["Plan"] = entry.Plan,
            ["EnteredAt"] = time.GetUtcNow(),
        };
        try
        {
            await table.AddEntityAsync(row, cancellation);
            return entry.Items;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            var first = await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellation);
            return first.Value.GetInt64("Items")!.Value;
        }
    }

    /// <summary>Nothing of it is left, or the kept part is as it should be. Repeating it keeps the first instant.</summary>
    /// <returns>The number of items that the entry counted.</returns>
    public async Task<long> CompleteAsync(CaseId id, string dataSet, string action, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var found = await table.GetEntityAsync<TableEntity>(id.Value, RowKey(dataSet, action), cancellationToken: cancellation);
        if (!found.Value.ContainsKey(CompletedAt))
            await table.UpdateEntityAsync(
                new TableEntity(id.Value, RowKey(dataSet, action)) { [CompletedAt] = time.GetUtcNow() },
                ETag.All, TableUpdateMode.Merge, cancellation);
        return found.Value.GetInt64("Items")!.Value;
    }

    private static string RowKey(string dataSet, string action) => $"{dataSet}-{action}";
}
