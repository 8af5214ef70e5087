using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// "Something may have to follow a commit on this case": written before the commit, removed after its intents are carried
/// out. What is still there after a while was left by a crash, and <see cref="Cases.RedrivePending"/> takes it up.
/// </summary>
internal sealed class PendingHints(RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacyPending";
    private const string WrittenAt = "WrittenAt";

    public async Task<Hint> WriteAsync(CaseId id, int sequence, CancellationToken cancellation)
    {
        var hint = Of(id, sequence);
        var row = new TableEntity(hint.Shard, hint.RowKey) { [WrittenAt] = hint.At };
        await (await storage.TableAsync(Table)).UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        return hint;
    }

    /// <summary>The hint that announces a new case.</summary>
    public Hint Announced(CaseId id) => Of(id, 1);

    public async Task RemoveAsync(Hint hint, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(hint.Shard, hint.RowKey, ETag.All, cancellation);

    /// <summary>The hints of one case.</summary>
    public IAsyncEnumerable<Hint> OfCaseAsync(CaseId id, CancellationToken cancellation) =>
        QueryAsync(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {id.Value[..1]} and RowKey ge {id.Value + "-"} and RowKey lt {id.Value + "."}"),
            cancellation);

    /// <summary>The hints that are older than that instant. One query for all shards: the table holds what is under way just now,
    /// and mostly nothing.</summary>
    public IAsyncEnumerable<Hint> OlderThanAsync(DateTimeOffset instant, CancellationToken cancellation) =>
        QueryAsync(TableClient.CreateQueryFilter($"WrittenAt lt {instant}"), cancellation);

    private Hint Of(CaseId id, int sequence) => new(id, $"{id}-{sequence:D10}", time.GetUtcNow());

    private async IAsyncEnumerable<Hint> QueryAsync(string filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return new(CaseId.Parse(row.RowKey[..32]), row.RowKey, row.GetDateTimeOffset(WrittenAt)!.Value);
    }
}

/// <summary>A hint as it is stored.</summary>
internal sealed record Hint(CaseId Case, string RowKey, DateTimeOffset At)
{
    /// <summary>The first digit of the case's id: many cases at once are spread over 16 partitions.</summary>
    public string Shard => Case.Value[..1];
}
