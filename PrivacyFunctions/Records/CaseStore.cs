using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// The cases. One transaction in one partition holds the state row (ETag, sequence, chain head), an audit row for each
/// fact, a command row (its key is the command's name: a command takes effect once, however often it is repeated) and the
/// intents that must follow. A hint in <see cref="PendingHints"/> is written first, so that a crash after the commit loses
/// nothing, and so is the case's entry in <see cref="CaseIndex"/>: the case row is the truth, and events and timers only wake the
/// orchestrator, which reads it again.
/// </summary>
internal sealed class CaseStore(RecordStorage storage, PendingHints hints, CaseIndex index, CaseJson json, TimeProvider time)
{
    private const string Table = "privacyCases";
    private const int Attempts = 20;

    /// <summary>
    /// Says that a case is about to be stored. It comes before everything else that is kept for the case, so that whatever a
    /// crash leaves behind is found again, and taken up or forgotten.
    /// </summary>
    public Task AnnounceAsync(CaseId id, CancellationToken cancellation) => hints.WriteAsync(id, 1, cancellation);

    /// <summary>
    /// Stores an announced case with its first audit rows; one that these close needs no announcement, as nothing follows. Nothing
    /// changes if it is stored already.
    /// </summary>
    /// <returns>The case as it is stored.</returns>
    public Task<TCase> CreateAsync<TCase>(
        TCase received, IReadOnlyList<CaseFact> facts, string actor, CancellationToken cancellation)
        where TCase : Case => CreateAsync(received, facts, () => Task.FromResult(facts), actor, cancellation);

    /// <summary>The same, with what has to be kept for the case before it is stored.</summary>
    /// <param name="received">The case as it is received.</param>
    /// <param name="expected">What is noted unless something was kept before; it leads to the same state in any case.</param>
    /// <param name="keep">Keeps it, and says what is noted then. Begun with the case's entry in the index.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>The case as it is stored.</returns>
    public async Task<TCase> CreateAsync<TCase>(
        TCase received, IReadOnlyList<CaseFact> expected, Func<Task<IReadOnlyList<CaseFact>>> keep, string actor,
        CancellationToken cancellation)
        where TCase : Case
    {
        var commit = new CaseCommit(received, expected, "receive", actor, [Intent.Start], time.GetUtcNow());
        if (commit.After.IsClosed) commit = commit with { Intents = [] };
        var keeping = keep();
        await Task.WhenAll(index.EnterAsync(before: null, commit.After, cancellation), keeping);
        commit = commit with { Facts = await keeping };
        try
        {
            await (await storage.TableAsync(Table)).SubmitTransactionAsync(commit.Rows(CaseRow.New(received), json), cancellation);
            return (TCase)commit.After;
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 409)
        {
            // By an earlier submission, or by this one before a time-out: whoever dispatches next finds its intents.
            return await GetAsync<TCase>(received.Id, cancellation);
        }
    }

    /// <summary>The case, or null.</summary>
    public async Task<CaseRow?> FindAsync(CaseId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(id.Value, CaseRow.RowKey, cancellationToken: cancellation);
        return found.HasValue ? CaseRow.Read(found.Value!, json) : null;
    }

    /// <summary>The case of that kind that a reference names, as somebody typed it; null if there is none.</summary>
    public async Task<TCase?> FindAsync<TCase>(string reference, CancellationToken cancellation)
        where TCase : Case =>
        CaseId.TryParse(reference, out var id) && await FindAsync(id, cancellation) is { Case: TCase found } ? found : null;

    /// <summary>The case that an orchestration works on.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or of another kind.</exception>
    public async Task<TCase> GetAsync<TCase>(CaseId id, CancellationToken cancellation)
        where TCase : Case => Expect<TCase>(id, await FindAsync(id, cancellation));

    /// <summary>
    /// The workflow of a new case runs: what was left to do when it was stored is done, and no longer left to the one-minute timer.
    /// For its first step, which may say so again.
    /// </summary>
    public Task StartedAsync(CaseId id, CancellationToken cancellation) => Task.WhenAll(
        RemoveIntentAsync(id, CaseCommit.Started, cancellation), hints.RemoveAsync(hints.Announced(id), cancellation));

    /// <summary>
    /// Decides a command on the newest state and commits what it comes to; decides again when another writer was first.
    /// </summary>
    /// <param name="id">The case.</param>
    /// <param name="command">The command's key: a second commit under the same key does nothing.</param>
    /// <param name="actor">Who acts: "subject", "system" or an operator's id.</param>
    /// <param name="decide">A pure decision; it may be called several times.</param>
    /// <param name="intents">What must follow the commit, if anything.</param>
    /// <param name="cancellation">Stops before the commit, never half-way.</param>
    /// <returns>The case as it stands afterwards.</returns>
    /// <exception cref="InvalidOperationException">It is not there, or of another kind.</exception>
    public async Task<TCase> ExecuteAsync<TCase>(
        CaseId id, string command, string actor, Func<TCase, Decision> decide,
        IReadOnlyList<Intent> intents, CancellationToken cancellation)
        where TCase : Case
    {
        var table = await storage.TableAsync(Table);
        for (var attempt = 1; ; attempt++)
        {
            var row = await FindAsync(id, cancellation);
            var before = Expect<TCase>(id, row);
            if (decide(before) is not Decision.Change change) return before;

            if (intents.Count > 0) await hints.WriteAsync(id, row!.Sequence + 1, cancellation);
            var commit = new CaseCommit(before, change.Facts, command, actor, intents, time.GetUtcNow());
            await index.EnterAsync(before, commit.After, cancellation);
            try
            {
                await table.SubmitTransactionAsync(commit.Rows(row!, json), cancellation);
                return (TCase)commit.After;
            }
            catch (TableTransactionFailedException failure) when (failure.Status is 409 or 412 && attempt < Attempts)
            {
                // Either this command took effect before, or another one was first with its audit row or the state row:
                // then it is decided again on what they left. Which of the rows failed does not tell the two apart.
                if (await TookEffectAsync(id, command, cancellation)) return await GetAsync<TCase>(id, cancellation);
            }
        }
    }

    /// <summary>The ids of all cases, closed ones too, in order: a look at the whole table.</summary>
    /// <param name="after">The id after which to begin; null for the first.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async IAsyncEnumerable<CaseId> AllAsync(CaseId? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after?.Value ?? ""} and RowKey eq {CaseRow.RowKey}");
        await foreach (var row in (await storage.TableAsync(Table))
            .QueryAsync<TableEntity>(filter, select: ["PartitionKey"], cancellationToken: cancellation))
            yield return CaseId.Parse(row.PartitionKey);
    }

    /// <summary>When the case's newest audit row was written, by the real clock, UTC; null if that cannot be read.</summary>
    /// <param name="row">The case.</param>
    /// <param name="isNoChange">Which facts do not count.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<DateTimeOffset?> LastChangeAsync(CaseRow row, Func<CaseFact, bool> isNoChange, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        for (var sequence = row.Sequence; sequence > 0; sequence--)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                row.Case.Id.Value, AuditRow.KeyOf(sequence), cancellationToken: cancellation);
            if (!found.HasValue || AuditRow.Read(found.Value!, json).Shown is not AuditEntry entry) return null;
            if (!isNoChange(entry.Fact)) return entry.At;
        }

        return null;
    }

    /// <summary>The audit rows, in order.</summary>
    public async Task<IReadOnlyList<AuditRow>> AuditAsync(CaseId id, CancellationToken cancellation)
    {
        var rows = new List<AuditRow>();
        await foreach (var entity in RangeAsync(id, AuditRow.Prefix, cancellation)) rows.Add(AuditRow.Read(entity, json));
        return rows;
    }

    /// <summary>The intents that were committed and not yet carried out, in order.</summary>
    public async Task<IReadOnlyList<StoredIntent>> IntentsAsync(CaseId id, CancellationToken cancellation)
    {
        var intents = new List<StoredIntent>();
        await foreach (var entity in RangeAsync(id, CaseCommit.IntentPrefix, cancellation))
            intents.Add(new(entity.RowKey, Enum.Parse<Intent>(entity.GetString(CaseCommit.IntentColumn))));
        return intents;
    }

    /// <summary>An intent is carried out.</summary>
    public async Task RemoveIntentAsync(CaseId id, StoredIntent intent, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(id.Value, intent.RowKey, ETag.All, cancellation);

    /// <summary>Whether a command of that key took effect.</summary>
    public async Task<bool> TookEffectAsync(CaseId id, string command, CancellationToken cancellation) =>
        (await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(
            id.Value, CaseCommit.CommandPrefix + command, ["RowKey"], cancellation)).HasValue;

    private static TCase Expect<TCase>(CaseId id, CaseRow? row)
        where TCase : Case =>
        row?.Case as TCase ?? throw new InvalidOperationException($"Case {id} is not stored, or no {typeof(TCase).Name}.");

    private async IAsyncEnumerable<TableEntity> RangeAsync(
        CaseId id, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var end = prefix[..^1] + (char)(prefix[^1] + 1);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value} and RowKey ge {prefix} and RowKey lt {end}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)) yield return entity;
    }
}
