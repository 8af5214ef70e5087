using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.WebUtilities;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// Our own cases, for the sweep: a case counts from the audit row that closed it or that has it joined to another one, and with it goes all that is kept under its
/// reference. What is still open has no date.
/// </summary>
internal sealed class ClosedCases(
    RecordStorage storage, CaseStore cases, CaseJson json, CaseIndex lists, DataMapRegister map, LegalTime time) : IDatedSource
{
    /// <summary>The data set of the cases themselves.</summary>
    public const string Set = "cases";

    /// <summary>What is kept under a case's reference, and goes before the case.</summary>
    public static readonly IReadOnlyList<string> WithTheCase = ["erasure-ledger", "mail-log", "view-log", "corrections", "message-files", "statements", "recipient-notices", "transmissions", Plans];

    private const string Plans = "erasure-plans";

    /// <summary>The list that leads from a person to their cases: found by the case for this alone.</summary>
    public const string Index = "case-index";

    private const int RowsInATransaction = 99; // and the state row
    private const string Unreadable = "";

    /// <inheritdoc/>
    public bool Reaches(DataSet set) => set.Id.Value == Set;

    /// <inheritdoc/>
    public async Task<DatedPage> PageAsync(
        DataSet set, IReadOnlyList<string> columns, string? place, int size, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(set.Store.Name);
        var page = await table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"RowKey eq {CaseRow.RowKey}"), size, cancellationToken: cancellation)
            .AsPages(place, size).FirstOrDefaultAsync(cancellation);
        var items = new List<DatedItem>();
        foreach (var row in page?.Values ?? [])
            items.Add(new(
                ItemKey.OfRow(row.PartitionKey, row.RowKey), row.ETag.ToString(),
                new Dictionary<string, object?> { [set.AnchorField!] = await ClosedAtAsync(set, row, cancellation) }));
        return new(items, page?.ContinuationToken is { Length: > 0 } next ? next : null);
    }

    /// <summary>
    /// The state row goes last, with the end of the chain, which tells when the case was closed: what a crash interrupts is found
    /// again and done to its end. Until then a hold that comes in between is seen: whose case it is and what a hold stopped of it go
    /// immediately before.
    /// </summary>
    public async Task<SweptItem> EraseAsync(DataSet set, DatedItem item, CancellationToken cancellation)
    {
        var id = item.Key.Row.PartitionKey;
        if (await cases.FindAsync(CaseId.Parse(id), cancellation) is not { } found) return SweptItem.WasGone;
        if (found.ETag != new ETag(item.Version!)) return SweptItem.Changed;
        foreach (var other in WithTheCase.Where(name => name != Plans)) await EmptyAsync(other, id, cancellation);

        var table = await storage.TableAsync(set.Store.Name);
        var rows = await table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {id}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation)
            .Where(row => row.RowKey != CaseRow.RowKey)
            .OrderByDescending(row => row.RowKey.StartsWith(AuditRow.Prefix, StringComparison.Ordinal))
            .ThenByDescending(row => row.RowKey, StringComparer.Ordinal).ToListAsync(cancellation);
        foreach (var some in rows.Skip(RowsInATransaction).Chunk(RowsInATransaction))
            await table.SubmitTransactionAsync(some.Select(Deletion), cancellation);
        await lists.ForgetAsync(found.Case, cancellation);
        await EmptyAsync(Plans, id, cancellation);
        foreach (var row in await IndexRowsAsync(CaseId.Parse(id), cancellation))
            await (await IndexAsync()).DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);

        var state = new TableTransactionAction(
            TableTransactionActionType.Delete, new TableEntity(id, CaseRow.RowKey), new ETag(item.Version!));
        try
        {
            await table.SubmitTransactionAsync([.. rows.Take(RowsInATransaction).Select(Deletion), state], cancellation);
            return SweptItem.Gone;
        }
        catch (TableTransactionFailedException failure) when (failure.Status is 404 or 412)
        {
            return failure.Status == 404 ? SweptItem.WasGone : SweptItem.Changed;
        }
    }

    /// <summary>A case is erased whole.</summary>
    public Task<SweptItem> AnonymiseAsync(DataSet set, DatedItem item, byte[] salt, CancellationToken cancellation) =>
        throw new NotSupportedException("A case is erased, not anonymised.");

    /// <inheritdoc/>
    public Task TouchAnonymisedAsync(DataSet set, IReadOnlyList<DatedItem> items, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>The persons whose case it is, as our records know them; none when the company decided it, or it joined another.</summary>
    public async Task<IReadOnlyList<PersonKey>> PersonsOfAsync(CaseId id, CancellationToken cancellation) =>
        [.. (await IndexRowsAsync(id, cancellation)).Select(row => PersonKey.FromBytes(WebEncoders.Base64UrlDecode(row.PartitionKey)))];

    // A case was closed after it was received, so the chain is read only of one that may be old enough. Nothing is guessed of one
    // that cannot be read.
    private async Task<object?> ClosedAtAsync(DataSet set, TableEntity row, CancellationToken cancellation)
    {
        var (clock, now) = (await time.ClockAsync(cancellation), await time.NowAsync(cancellation));
        try
        {
            if (CaseRow.Read(row, json) is not { Case: { IsClosed: true } closed }) return null;
            var (rule, today) = ((Retention.After)set.Retention, DateOnly.FromDateTime(now.UtcDateTime));
            if (RetentionRule.AgeOf(rule, closed.ReceivedAt, later: null, today) is Age.NotYet) return closed.ReceivedAt;
            var links = await cases.AuditAsync(closed.Id, cancellation);
            return links.Select(link => link.Shown).OfType<AuditEntry>().LastOrDefault(entry => entry.Fact is CaseFact.Closed or CaseFact.LinkedToOpenCase) is { } end
                ? clock.At(end.At)
                : Unreadable;
        }
        catch (Exception unreadable) when (unreadable is not (RequestFailedException or OperationCanceledException))
        {
            return Unreadable;
        }
    }

    private Task EmptyAsync(string name, string id, CancellationToken cancellation) => map[DataSetId.Parse(name)].Store.Match(
        table => DeleteRowsAsync(table, id, cancellation), blobs => DeleteBlobsAsync(blobs, id, cancellation));

    private async Task DeleteRowsAsync(StoreLocation.Table store, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(store.Name);
        var rows = await table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {id}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation)
            .ToListAsync(cancellation);
        foreach (var some in rows.Chunk(RowsInATransaction)) await table.SubmitTransactionAsync(some.Select(Deletion), cancellation);
    }

    private async Task DeleteBlobsAsync(StoreLocation.Blobs store, string id, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(store.Name);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{id}/", cancellation))
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    private async Task<List<TableEntity>> IndexRowsAsync(CaseId id, CancellationToken cancellation) =>
        await (await IndexAsync()).QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"RowKey eq {id.Value}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation)
            .ToListAsync(cancellation);

    private Task<TableClient> IndexAsync() => storage.TableAsync(map[DataSetId.Parse(Index)].Store.Name);

    private static TableTransactionAction Deletion(TableEntity row) => new(TableTransactionActionType.Delete, row, ETag.All);
}
