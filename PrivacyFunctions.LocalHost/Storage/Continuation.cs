using Microsoft.Data.Sqlite;
using PrivacyFunctions.LocalHost.Engine;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>
/// Lets an instance go on as a new execution, within its turn's transaction. The row stays, with its parent and its custom
/// status; the caller's address goes along, so whoever awaits the instance gets the reply of its last execution.
/// </summary>
internal static class Continuation
{
    /// <summary>
    /// Drops the execution's history and all that was addressed to it alone (timers and results), and starts the next one.
    /// What the old one did not get to read (events and an end) is read by the new one, after its start.
    /// </summary>
    public static void Begin(
        SqliteTransaction transaction, TurnLease lease, ExecutionStarted start, NextExecution next, DateTimeOffset now)
    {
        var unread = transaction.Query<string>(
            "SELECT payload FROM NewEvents WHERE id = @InstanceId ORDER BY visibleAt, seq", new { lease.InstanceId });
        foreach (var table in (string[])["History", "NewEvents", "NewTasks"])
            transaction.Execute($"DELETE FROM {table} WHERE id = @InstanceId", new { lease.InstanceId });

        // As on the Functions host, a query shows the new execution's input and instant of creation.
        var executionId = Guid.NewGuid().ToString("N");
        transaction.Execute(
            "UPDATE Instances SET executionId = @executionId, input = @Input, created = @now WHERE id = @InstanceId",
            new { executionId, next.Input, now = now.UtcTicks, lease.InstanceId });

        HistoryEvent[] messages =
        [
            start with { ExecutionId = executionId, Input = next.Input, CustomStatus = next.CustomStatus },
            .. next.Events,
            .. unread.Select(HistoryJson.Read).Where(message => message is EventRaised or ExecutionTerminated),
        ];
        foreach (var message in messages)
            transaction.Send(lease.InstanceId, executionId, message, now);
    }
}
