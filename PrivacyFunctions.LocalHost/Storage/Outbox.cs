using Microsoft.Data.Sqlite;
using PrivacyFunctions.LocalHost.Engine;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>
/// Puts messages to instances into the database, within the caller's transaction. Only an unfinished instance has
/// messages: one that has finished, is unknown, or runs another execution than the one meant drops them here.
/// </summary>
internal static class Outbox
{
    /// <summary>Addresses one execution; used for replies and timers.</summary>
    /// <returns>Whether that execution is alive.</returns>
    public static bool Send(
        this SqliteTransaction transaction,
        string id,
        string executionId,
        HistoryEvent message,
        DateTimeOffset visibleAt,
        int? timerId = null)
    {
        return transaction.Execute(
            $"""
            INSERT INTO NewEvents (id, executionId, visibleAt, timerId, payload)
            SELECT id, executionId, @visibleAt, @timerId, @payload FROM Instances
            WHERE id = @id AND executionId = @executionId AND {InstanceStatus.IsUnfinished}
            """,
            new { id, executionId, visibleAt = visibleAt.UtcTicks, timerId, payload = HistoryJson.Write(message) }) == 1;
    }

    /// <summary>Addresses whichever execution is alive; used for events from outside and ends.</summary>
    /// <returns>Whether one is alive.</returns>
    public static bool Send(this SqliteTransaction transaction, string id, HistoryEvent message, DateTimeOffset now)
    {
        // An event never comes before the start, and one to an instance that is to start later must not start it now.
        var earliest = message is EventRaised
            ? "max(@now, coalesce((SELECT min(visibleAt) FROM NewEvents e WHERE e.id = i.id), 0))"
            : "@now";
        return transaction.Execute(
            $"""
            INSERT INTO NewEvents (id, executionId, visibleAt, payload)
            SELECT i.id, i.executionId, CASE WHEN {InstanceStatus.IsUnstarted} THEN {earliest} ELSE @now END, @payload
            FROM Instances i WHERE i.id = @id AND {InstanceStatus.IsUnfinished}
            """,
            new { id, now = now.UtcTicks, payload = HistoryJson.Write(message) }) == 1;
    }

    /// <summary>Ends whichever execution is alive, a suspended one too.</summary>
    /// <returns>Whether one is alive.</returns>
    public static bool Terminate(this SqliteTransaction transaction, string id, ExecutionTerminated end, DateTimeOffset now)
    {
        transaction.Execute("UPDATE Instances SET suspended = 0 WHERE id = @id", new { id });
        return transaction.Send(id, end, now);
    }

    /// <summary>Whether an end waits to be read.</summary>
    public static bool IsEnding(this SqliteTransaction transaction, string id) => transaction
        .Query<string>("SELECT payload FROM NewEvents WHERE id = @id", new { id })
        .Exists(payload => HistoryJson.Read(payload) is ExecutionTerminated);

    /// <summary>Ends every unfinished child of an instance, and each of them its own.</summary>
    public static void TerminateChildren(this SqliteTransaction transaction, string parent, DateTimeOffset now)
    {
        var children = transaction.Query<string>(
            $"SELECT id FROM Instances WHERE parent = @parent AND {InstanceStatus.IsUnfinished}", new { parent });
        foreach (var child in children)
            transaction.Terminate(child, new ExecutionTerminated(null, Recursive: true), now);
    }
}
