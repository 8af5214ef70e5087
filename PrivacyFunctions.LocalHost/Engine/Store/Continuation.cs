using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

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
    /// <returns>The new execution.</returns>
    public static long Begin(Transaction transaction, Turn turn, CompleteOrchestrationAction next, DateTimeOffset now)
    {
        var unread = transaction.Query(
            "SELECT event FROM NewEvents WHERE execution = @execution ORDER BY visibleAt, seq",
            row => HistoryEvent.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)),
            ("@execution", turn.Execution));
        transaction.Execute("DELETE FROM History WHERE execution = @execution", ("@execution", turn.Execution));
        transaction.Execute("DELETE FROM NewEvents WHERE execution = @execution", ("@execution", turn.Execution));

        var start = ExecutionStartedEvent.Parser.ParseFrom(transaction.Scalar<byte[]>(
            "SELECT start FROM Instances WHERE execution = @execution", ("@execution", turn.Execution)));
        start.OrchestrationInstance.ExecutionId = Guid.NewGuid().ToString("N");
        start.Version = next.NewVersion ?? start.Version;
        var kept = start.ToByteArray();
        start.Input = next.Result;

        // As on the Functions host, a query shows the new execution's input and instant of creation.
        var execution = transaction.Numbers.NextExecution();
        transaction.Execute(
            """
            UPDATE Instances SET
                execution = @execution, executionId = @executionId, version = @version, input = @input, created = @now,
                start = @start, turns = 0
            WHERE execution = @old
            """,
            ("@execution", execution),
            ("@executionId", start.OrchestrationInstance.ExecutionId),
            ("@version", start.Version),
            ("@input", start.Input),
            ("@now", now.UtcTicks),
            ("@start", kept),
            ("@old", turn.Execution));

        var at = Instant.ToTimestamp(now.UtcTicks);
        HistoryEvent[] messages =
        [
            Events.ExecutionStarted(at, start),
            .. next.CarryoverEvents,
            .. unread.Where(message => message.EventRaised is not null || message.ExecutionTerminated is not null),
        ];
        foreach (var message in messages)
            transaction.Put(execution, message, now.UtcTicks, now);
        return execution;
    }
}
