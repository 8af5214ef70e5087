using System.Text.Json;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>What clients do to instances: start, send, ask.</summary>
internal sealed class InstanceStore(Database database)
{
    /// <inheritdoc cref="InstanceStarts.TryStart"/>
    public bool TryStart(
        ExecutionStartedEvent start,
        DateTimeOffset startAt,
        DateTimeOffset now,
        IReadOnlyCollection<OrchestrationStatus>? replaceable = null) =>
        database.Write(transaction => transaction.TryStart(start, startAt, parentExecution: null, now, replaceable));

    /// <summary>Raises an event, if the instance is there and unfinished.</summary>
    /// <returns>The status that it was found in; <c>null</c> for an unknown one.</returns>
    public OrchestrationStatus? Raise(string id, HistoryEvent raised, DateTimeOffset now) => database.Write(transaction =>
    {
        transaction.Raise(id, raised, now);
        return Shown(transaction, id);
    });

    /// <summary>Ends an instance, a suspended one too, if it is there and unfinished.</summary>
    /// <inheritdoc cref="Raise" path="/returns"/>
    public OrchestrationStatus? Terminate(string id, string? output, bool recursive, DateTimeOffset now) =>
        database.Write(transaction =>
        {
            var found = Shown(transaction, id);
            if (found?.IsTerminal() == false)
                transaction.Terminate(id, output, recursive, now);
            return found;
        });

    /// <summary>
    /// Suspends an instance that is unfinished and not suspended, or resumes one that is. A turn that runs meanwhile still
    /// ends; from then on messages wait in their order. One whose end is on its way is let alone.
    /// </summary>
    /// <returns>The status that it was found in, which tells whether it was one to do this to; <c>null</c> for an unknown
    /// one.</returns>
    public OrchestrationStatus? Halt(string id, bool suspended, string? reason, DateTimeOffset now) =>
        database.Write(transaction =>
        {
            var found = Shown(transaction, id);
            if (found?.IsTerminal() != false || (found == OrchestrationStatus.Suspended) == suspended)
                return found;
            transaction.Execute(
                """
                UPDATE Instances SET suspended = @suspended, output = coalesce(@reason, output), updated = @now
                WHERE id = @id AND ending = 0
                """,
                ("@suspended", suspended ? 1 : 0), ("@reason", reason), ("@now", now.UtcTicks), ("@id", id));
            transaction.Woken.Add(transaction.Scalar<long>("SELECT execution FROM Instances WHERE id = @id", ("@id", id)));
            transaction.Moved.Add(id);
            return found;
        });

    public InstanceRow? Find(string id) => database.Read(connection => connection.Query(
        $"SELECT {InstanceRow.Columns} FROM Instances WHERE id = @id", InstanceRow.Read, ("@id", id)).SingleOrDefault());

    /// <summary>Lists instances by id. A page begins after an id, so rows that come or go meanwhile shift nothing.</summary>
    public IReadOnlyList<InstanceRow> List(InstanceQuery query, int limit) => database.Read(connection => connection.Query(
        $"""
        SELECT {InstanceRow.Columns} FROM Instances
        WHERE id > @after AND id >= @prefix AND substr(id, 1, length(@prefix)) = @prefix
            AND (@from IS NULL OR created >= @from) AND (@to IS NULL OR created <= @to)
            AND (@statuses IS NULL OR shown IN (SELECT value FROM json_each(@statuses)))
        ORDER BY id LIMIT @limit
        """,
        InstanceRow.Read,
        ("@after", query.ContinuationToken ?? string.Empty),
        ("@prefix", query.InstanceIdPrefix ?? string.Empty),
        ("@from", query.CreatedTimeFrom?.ToTicks()),
        ("@to", query.CreatedTimeTo?.ToTicks()),
        ("@statuses", ToJson(query.RuntimeStatus)),
        ("@limit", limit)));

    /// <summary>Statuses as a parameter of a query; <c>null</c> takes any.</summary>
    public static string? ToJson(IReadOnlyCollection<OrchestrationStatus> statuses) =>
        statuses.Count == 0 ? null : JsonSerializer.Serialize(statuses.Select(status => (int)status));

    private static OrchestrationStatus? Shown(Transaction transaction, string id) =>
        (OrchestrationStatus?)transaction.Scalar<long?>("SELECT shown FROM Instances WHERE id = @id", ("@id", id));
}
