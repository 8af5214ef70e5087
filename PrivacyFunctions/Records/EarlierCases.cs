using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// Enters the cases from before there was <see cref="CaseIndex"/>, once: the only look at all cases there is. It goes on where it
/// was broken off.
/// </summary>
internal sealed class EarlierCases(RecordStorage storage, CaseStore cases, CaseIndex index, ILogger<EarlierCases> log)
{
    private const string Partition = "earlier";
    private const string Row = "cursor";
    private const string After = "After";
    private const string IsDone = "IsDone";
    private const int BetweenNotes = 200;
    private const int AtATime = 8;

    /// <summary>Enters those that are not entered yet; nothing once all are.</summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(CaseIndex.Table);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellation);
        var cursor = found.HasValue ? found.Value! : new TableEntity(Partition, Row);
        if (cursor.ContainsKey(IsDone)) return;

        CaseId? after = cursor.GetString(After) is { } text ? CaseId.Parse(text) : null;
        await foreach (var some in cases.AllAsync(after, cancellation).Chunk(BetweenNotes))
        {
            await Parallel.ForEachAsync(
                some, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation }, EnterOneAsync);
            cursor[After] = some[^1].Value;
            await table.UpsertEntityAsync(cursor, TableUpdateMode.Replace, cancellation);
        }

        cursor[IsDone] = true;
        await table.UpsertEntityAsync(cursor, TableUpdateMode.Replace, cancellation);
    }

    // One that cannot be read must not keep the others; what the service refuses is tried again from the cursor on.
    private async ValueTask EnterOneAsync(CaseId id, CancellationToken cancellation)
    {
        try
        {
            if (await cases.FindAsync(id, cancellation) is { Case: var found }) await index.EnterAsync(before: null, found, cancellation);
        }
        catch (Exception failure) when (CaseRow.IsUnreadable(failure))
        {
            log.LogError("Case {Case} cannot be read, and is in no list: {Kind}", id, failure.GetType().Name);
        }
    }
}
