using Dapper;
using PrivacyFunctions.LocalHost.Engine;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>The right to run one activity.</summary>
internal sealed record TaskLease(long Seq, string InstanceId, string ExecutionId, string Token, TaskScheduled Task);

/// <summary>Leases activities and takes their results.</summary>
internal sealed class TaskStore(Database database)
{
    /// <inheritdoc cref="TurnStore.Lease"/>
    public IReadOnlyList<TaskLease> Lease(int limit, IReadOnlyCollection<long> running, DateTimeOffset now, TimeSpan length) =>
        database.Write(transaction =>
        {
            var waiting = transaction.Query<(long Seq, string Id, string ExecutionId, string Payload)>(
                """
                SELECT seq, id, executionId, payload FROM NewTasks
                WHERE (lockUntil IS NULL OR lockUntil <= @now) AND seq NOT IN @running ORDER BY seq LIMIT @limit
                """,
                new { now = now.UtcTicks, running, limit });
            var leases = waiting.ConvertAll(row => new TaskLease(
                row.Seq, row.Id, row.ExecutionId, Guid.NewGuid().ToString("N"), (TaskScheduled)HistoryJson.Read(row.Payload)));
            transaction.Execute(
                "UPDATE NewTasks SET lockToken = @Token, lockUntil = @until WHERE seq = @Seq",
                leases.Select(lease => new { lease.Token, until = (now + length).UtcTicks, lease.Seq }));
            return leases;
        });

    /// <summary>When the next lease of an activity that is not running ends; <c>null</c> when there is none.</summary>
    public DateTimeOffset? NextWake(IReadOnlyCollection<long> running, DateTimeOffset now) => database.Read(connection =>
        Instant.FromTicks(connection.ExecuteScalar<long?>(
            "SELECT min(lockUntil) FROM NewTasks WHERE lockUntil > @now AND seq NOT IN @running",
            new { now = now.UtcTicks, running })));

    /// <summary>Deletes the activity and sends its result, in one transaction.
    /// An execution that is gone drops the result.</summary>
    /// <returns><c>false</c>, and nothing done, when the lease is no longer valid.</returns>
    public bool Complete(TaskLease lease, HistoryEvent result, DateTimeOffset now) => database.Write(transaction =>
    {
        var deleted = transaction.Execute(
            "DELETE FROM NewTasks WHERE seq = @Seq AND lockToken = @Token", new { lease.Seq, lease.Token });
        if (deleted == 1)
            transaction.Send(lease.InstanceId, lease.ExecutionId, result, now);
        return deleted == 1;
    });

    /// <summary>Gives an activity back unfinished.</summary>
    public void Release(TaskLease lease) => database.Write(transaction => transaction.Execute(
        "UPDATE NewTasks SET lockToken = NULL, lockUntil = NULL WHERE seq = @Seq AND lockToken = @Token",
        new { lease.Seq, lease.Token }));
}
