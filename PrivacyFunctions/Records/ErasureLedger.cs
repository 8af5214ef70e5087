using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>What is about to be destroyed, or kept with a ground.</summary>
/// <param name="Case">On whose account.</param>
/// <param name="Subject">Whose data: a person's keyed id or an account's id, never an address.</param>
/// <param name="DataSet">Where.</param>
/// <param name="Action">"erase", "anonymise" or "retain".</param>
/// <param name="Ground">Why it is kept; null for what goes.</param>
/// <param name="Items">How many items were counted before.</param>
/// <param name="Plan">
/// Under which plan, so that each counts on its own: the hash of the approved one, or the search that found what came back after a
/// purge; null for the purge itself, which the contract's end demands.
/// </param>
internal sealed record LedgerEntry(
    CaseId Case, string Subject, string DataSet, string Action, string? Ground, long Items, string? Plan)
{
    /// <summary>What tells it from the other entries of its case.</summary>
    public LedgerKey Key => new(DataSet, Action, Plan);
}

/// <summary>What tells an entry from the others of its case.</summary>
internal sealed record LedgerKey(string DataSet, string Action, string? Plan);

/// <summary>
/// The erasure ledger: an entry is written before anything is destroyed and completed or stopped after, so that a crash shows what was
/// under way, and a restored backup can be brought up to date by doing again what the ledger says (K-BACKUP). Entries hold
/// no address; repeating one changes nothing, and an entry of another plan leaves it as it is.
/// </summary>
internal sealed class ErasureLedger(RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacyLedger";
    private const string Plan = "Plan";
    private const string CompletedAt = "CompletedAt";
    private const string StoppedAt = "StoppedAt";

    /// <summary>Enters what is about to happen; the first entry of a case, data set, action and plan stays.</summary>
    /// <returns>The number of items that the first entry counted.</returns>
    public async Task<long> EnterAsync(LedgerEntry entry, CancellationToken cancellation)
    {
        if (await FindAsync(entry.Case, entry.Key, cancellation) is { } entered) return ItemsIn(entered);
        var row = new TableEntity(entry.Case.Value, RowKey(entry.Key))
        {
            ["Subject"] = entry.Subject,
            ["DataSet"] = entry.DataSet,
            ["Action"] = entry.Action,
            ["Ground"] = entry.Ground,
            ["Items"] = entry.Items,
            [Plan] = entry.Plan,
            ["EnteredAt"] = time.GetUtcNow(),
        };
        try
        {
            await (await storage.TableAsync(Table)).AddEntityAsync(row, cancellation);
            return entry.Items;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return ItemsIn(await GetAsync(entry.Case, entry.Key, cancellation));
        }
    }

    /// <summary>Whether it was entered, so that some of it may be gone.</summary>
    public async Task<bool> IsEnteredAsync(CaseId id, LedgerKey key, CancellationToken cancellation) =>
        await FindAsync(id, key, cancellation) is not null;

    /// <summary>Nothing of it is left, or the kept part is as it should be. Repeating it keeps the first instant.</summary>
    /// <returns>The number of items that the entry counted.</returns>
    /// <exception cref="InvalidOperationException">It was never entered.</exception>
    public async Task<long> CompleteAsync(CaseId id, LedgerKey key, CancellationToken cancellation)
    {
        var found = await GetAsync(id, key, cancellation);
        if (!found.ContainsKey(CompletedAt))
            await (await storage.TableAsync(Table)).UpdateEntityAsync(
                new TableEntity(id.Value, found.RowKey) { [CompletedAt] = time.GetUtcNow() },
                ETag.All, TableUpdateMode.Merge, cancellation);
        return ItemsIn(found);
    }

    /// <summary>
    /// A hold stopped it: so many of its items were gone by then, and no more of them go by this plan. Nothing where it was never entered;
    /// repeating it keeps the first instant.
    /// </summary>
    public async Task StopAsync(CaseId id, LedgerKey key, long gone, CancellationToken cancellation)
    {
        if (await FindAsync(id, key, cancellation) is not { } found || found.ContainsKey(StoppedAt)) return;
        await (await storage.TableAsync(Table)).UpdateEntityAsync(
            new TableEntity(id.Value, found.RowKey) { [StoppedAt] = time.GetUtcNow(), ["Gone"] = gone },
            ETag.All, TableUpdateMode.Merge, cancellation);
    }

    private async Task<TableEntity> GetAsync(CaseId id, LedgerKey key, CancellationToken cancellation) =>
        await FindAsync(id, key, cancellation)
        ?? throw new InvalidOperationException($"The ledger has no {key.Action} of {key.DataSet} in case {id}.");

    // Keys did not name the plan in the released version: an entry of that time is known by its column.
    private async Task<TableEntity?> FindAsync(CaseId id, LedgerKey key, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(id.Value, RowKey(key), cancellationToken: cancellation);
        if (found.HasValue) return found.Value;
        if (key.Plan is null) return null;
        var early = await table.GetEntityIfExistsAsync<TableEntity>(
            id.Value, RowKey(key with { Plan = null }), cancellationToken: cancellation);
        return early.HasValue && early.Value!.GetString(Plan) == key.Plan ? early.Value : null;
    }

    private static long ItemsIn(TableEntity row) => row.GetInt64("Items")!.Value;

    private static string RowKey(LedgerKey key) =>
        key.Plan is null ? $"{key.DataSet}-{key.Action}" : $"{key.DataSet}-{key.Action}-{key.Plan}";
}
