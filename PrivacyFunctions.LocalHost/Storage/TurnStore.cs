using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.LocalHost.Engine;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>The right to run one turn of an instance. The token is fresh for every lease, so a stale one never passes.</summary>
internal sealed record TurnLease(string InstanceId, string ExecutionId, string Token);

/// <summary>What a turn starts from.</summary>
/// <param name="Past">The recorded history.</param>
/// <param name="Messages">What has come due, in the order of due instants; deleted by the commit, and only these.</param>
internal sealed record TurnInput(IReadOnlyList<HistoryEvent> Past, IReadOnlyList<(long Seq, HistoryEvent Message)> Messages)
{
    /// <summary>The execution's start. Null only for an instance that was terminated before it started; neither a
    /// sub-orchestration's start nor that of a next execution is ever delayed.</summary>
    public ExecutionStarted? Start =>
        Past.Concat(Messages.Select(read => read.Message)).OfType<ExecutionStarted>().FirstOrDefault();
}

/// <summary>Leases turns, loads what they need, and commits what they decided.</summary>
internal sealed class TurnStore(Database database)
{
    /// <summary>Leases instances that have a due message and are not suspended, the oldest due instant first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="running">Instances whose turn this process is running: never leased again,
    /// however far the clock jumps.</param>
    /// <param name="now">The clock's instant.</param>
    /// <param name="length">How long the lease keeps others away if this process never returns to it.</param>
    public IReadOnlyList<TurnLease> Lease(int limit, IReadOnlyCollection<string> running, DateTimeOffset now, TimeSpan length) =>
        database.Write(transaction =>
        {
            // Read in the index's order and only as far as needed: to group all that is due would cost every look the whole
            // backlog.
            var leases = transaction.Stream<(string Id, string ExecutionId)>(
                """
                SELECT i.id, i.executionId FROM NewEvents e CROSS JOIN Instances i ON i.id = e.id
                WHERE e.visibleAt <= @now AND i.suspended = 0
                    AND (i.lockUntil IS NULL OR i.lockUntil <= @now) AND i.id NOT IN @running
                ORDER BY e.visibleAt, e.seq
                """,
                new { now = now.UtcTicks, running })
                .Distinct().Take(limit)
                .Select(due => new TurnLease(due.Id, due.ExecutionId, Guid.NewGuid().ToString("N")))
                .ToList();
            transaction.Execute(
                "UPDATE Instances SET lockToken = @Token, lockUntil = @until WHERE id = @InstanceId",
                leases.Select(lease => new { lease.Token, until = (now + length).UtcTicks, lease.InstanceId }));
            return leases;
        });

    /// <summary>The next instant at which an instance that is not running may become due;
    /// <c>null</c> when nothing waits.</summary>
    public DateTimeOffset? NextWake(IReadOnlyCollection<string> running, DateTimeOffset now) => database.Read(connection =>
        Instant.FromTicks(connection.ExecuteScalar<long?>(
            """
            SELECT min(at) FROM (
                SELECT min(visibleAt) AS at FROM NewEvents WHERE visibleAt > @now
                UNION ALL
                SELECT min(i.lockUntil) FROM NewEvents e JOIN Instances i ON i.id = e.id
                WHERE e.visibleAt <= @now AND i.lockUntil > @now AND i.id NOT IN @running)
            """,
            new { now = now.UtcTicks, running })));

    /// <summary>Reads what the leased turn starts from.</summary>
    public TurnInput Load(TurnLease lease, DateTimeOffset now) => database.Read(connection => new TurnInput(
        ReadHistory(connection, lease.InstanceId, lease.ExecutionId),
        [
            .. connection.Query<(long Seq, string Payload)>(
                """
                SELECT seq, payload FROM NewEvents
                WHERE id = @InstanceId AND executionId = @ExecutionId AND visibleAt <= @now ORDER BY visibleAt, seq
                """,
                new { lease.InstanceId, lease.ExecutionId, now = now.UtcTicks })
                .Select(row => (row.Seq, HistoryJson.Read(row.Payload))),
        ]));

    /// <summary>The history of an instance's present execution, empty when there is none.</summary>
    public IReadOnlyList<HistoryEvent> ReadHistory(string id) => database.Read(connection =>
        connection.ExecuteScalar<string?>("SELECT executionId FROM Instances WHERE id = @id", new { id }) is { } executionId
            ? ReadHistory(connection, id, executionId)
            : []);

    /// <summary>Commits a turn as one transaction.</summary>
    /// <returns><c>false</c>, and nothing done, when the lease is no longer the instance's.</returns>
    public bool Commit(TurnLease lease, TurnInput input, OrchestratorStarted started, TurnResult result, DateTimeOffset now) =>
        database.Write(transaction =>
        {
            if (!TryUpdateInstance(transaction, lease, result, now))
                return false;

            transaction.Execute(
                "DELETE FROM NewEvents WHERE seq = @Seq", input.Messages.Select(read => new { read.Seq }));
            HistoryEvent?[] appended =
                [started, .. input.Messages.Select(read => read.Message), .. result.Decisions, result.Completion];
            if (result.Next is { } next)
                Continuation.Begin(transaction, lease, input.Start!, next, now);
            else
                AppendHistory(transaction, lease, input.Past.Count, appended.OfType<HistoryEvent>());
            TurnOutcome.Apply(transaction, lease, input, result, now);
            return true;
        });

    private static List<HistoryEvent> ReadHistory(SqliteConnection connection, string id, string executionId) =>
    [
        .. connection.Query<string>(
            "SELECT payload FROM History WHERE id = @id AND executionId = @executionId ORDER BY seq", new { id, executionId })
            .Select(HistoryJson.Read),
    ];

    private static bool TryUpdateInstance(SqliteTransaction transaction, TurnLease lease, TurnResult result, DateTimeOffset now)
    {
        var status = result.Completion?.Status ?? OrchestrationRuntimeStatus.Running;
        return transaction.Execute(
            """
            UPDATE Instances SET status = @status, updated = @now, completed = @completed, failure = @failure,
                output = CASE WHEN @completed IS NULL THEN output ELSE @output END, -- a suspension's reason stays until the end
                suspended = suspended AND @completed IS NULL,
                customStatus = @CustomStatus, lockToken = NULL, lockUntil = NULL
            WHERE id = @InstanceId AND executionId = @ExecutionId AND lockToken = @Token
            """,
            new
            {
                status,
                now = now.UtcTicks,
                completed = result.Completion is null ? (long?)null : now.UtcTicks,
                output = result.Completion?.Output,
                failure = status == OrchestrationRuntimeStatus.Failed ? result.Completion?.Output : null,
                result.CustomStatus,
                lease.InstanceId,
                lease.ExecutionId,
                lease.Token,
            }) == 1;
    }

    private static void AppendHistory(
        SqliteTransaction transaction, TurnLease lease, int length, IEnumerable<HistoryEvent> events) =>
        transaction.Execute(
            "INSERT INTO History (id, executionId, seq, payload) VALUES (@InstanceId, @ExecutionId, @seq, @payload)",
            events.Select((happened, index) =>
                new { lease.InstanceId, lease.ExecutionId, seq = length + index, payload = HistoryJson.Write(happened) }));
}
