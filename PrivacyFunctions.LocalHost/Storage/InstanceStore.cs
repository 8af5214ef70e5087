using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>What became of a message to an instance.</summary>
internal enum Delivery
{
    Accepted,
    NoSuchInstance,
    Finished,
}

/// <summary>A row of Instances as queries show it. Instants are UTC ticks.</summary>
internal sealed record InstanceRow(
    string Id,
    string Name,
    long Status,
    long Created,
    long Updated,
    string? Input,
    string? Output,
    string? CustomStatus,
    string? Failure);

/// <summary>What clients do to instances: start, send, ask.</summary>
internal sealed class InstanceStore(Database database)
{
    private const string Columns = "id, name, shown AS status, created, updated, input, output, customStatus, failure";

    /// <inheritdoc cref="InstanceStarts.TryStart"/>
    public bool TryStart(NewInstance instance, DateTimeOffset now) =>
        database.Write(transaction => transaction.TryStart(instance, now));

    public Delivery Raise(string id, EventRaised raised, DateTimeOffset now) => database.Write(transaction =>
    {
        transaction.Send(id, raised, now);
        return Reach(transaction, id);
    });

    public Delivery Terminate(string id, ExecutionTerminated end, DateTimeOffset now) => database.Write(transaction =>
    {
        transaction.Terminate(id, end, now);
        return Reach(transaction, id);
    });

    /// <summary>Suspends or resumes; nothing to do where it is so already, or where an end is on its way.</summary>
    public Delivery Halt(string id, bool suspended, string? reason, DateTimeOffset now) => database.Write(transaction =>
    {
        if (!suspended || !transaction.IsEnding(id))
        {
            transaction.Execute(
                $"""
                UPDATE Instances SET suspended = @suspended, output = coalesce(@reason, output), updated = @now
                WHERE id = @id AND suspended <> @suspended AND {InstanceStatus.IsUnfinished}
                """,
                new { id, suspended, reason, now = now.UtcTicks });
        }

        return Reach(transaction, id);
    });

    public InstanceRow? Find(string id) => database.Read(connection =>
        connection.QuerySingleOrDefault<InstanceRow>($"SELECT {Columns} FROM Instances WHERE id = @id", new { id }));

    /// <summary>Lists instances by id. A page begins after an id, so rows that come or go meanwhile shift nothing.</summary>
    public IReadOnlyList<InstanceRow> List(OrchestrationQuery query, string? afterId, int limit) => database.Read(connection =>
        connection.Query<InstanceRow>(
            $"""
            SELECT {Columns} FROM Instances
            WHERE id > @afterId
                AND (@from IS NULL OR created >= @from) AND (@to IS NULL OR created <= @to)
                AND (@anyStatus OR shown IN @statuses)
                AND substr(id, 1, length(@prefix)) = @prefix
            ORDER BY id LIMIT @limit
            """,
            new
            {
                afterId = afterId ?? string.Empty,
                from = query.CreatedFrom?.UtcTicks,
                to = query.CreatedTo?.UtcTicks,
                anyStatus = query.Statuses is null || !query.Statuses.Any(),
                statuses = (query.Statuses ?? []).Select(status => (int)status).ToList(),
                prefix = query.InstanceIdPrefix ?? string.Empty,
                limit,
            }).AsList());

    /// <summary>The earliest message that lies in the future and that is not held by a suspension: a timer or a delayed
    /// start.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now) => database.Read(connection =>
        Instant.FromTicks(connection.ExecuteScalar<long?>(
            $"""
            SELECT visibleAt FROM NewEvents WHERE visibleAt > @now AND NOT {InstanceStatus.IsHeld}
            ORDER BY visibleAt LIMIT 1
            """,
            new { now = now.UtcTicks })));

    /// <summary>
    /// Whether something is due or running; what a suspension holds is neither. One query suffices: a message and an
    /// activity stay in their tables until the transaction that deletes them also stores what follows from them.
    /// </summary>
    public bool IsBusy(DateTimeOffset now) => database.Read(connection => connection.ExecuteScalar<bool>(
        $"""
        SELECT EXISTS (SELECT 1 FROM NewEvents WHERE visibleAt <= @now AND NOT {InstanceStatus.IsHeld})
            OR EXISTS (SELECT 1 FROM NewTasks)
        """,
        new { now = now.UtcTicks }));

    private static Delivery Reach(SqliteTransaction transaction, string id) =>
        transaction.Scalar<int?>("SELECT status FROM Instances WHERE id = @id", new { id }) switch
        {
            null => Delivery.NoSuchInstance,
            { } status when ((OrchestrationRuntimeStatus)status).IsTerminal() => Delivery.Finished,
            _ => Delivery.Accepted,
        };
}
