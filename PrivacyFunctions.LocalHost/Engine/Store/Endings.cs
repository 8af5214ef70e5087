using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>How an instance came to its end.</summary>
/// <param name="Status">Completed, failed or terminated.</param>
/// <param name="Output">In JSON; a failure's text.</param>
/// <param name="Failure">What its parent is told when it failed.</param>
internal sealed record Ending(OrchestrationStatus Status, string? Output, TaskFailureDetails? Failure);

/// <summary>Ends instances, within the caller's transaction.</summary>
internal static class Endings
{
    /// <summary>
    /// Ends an unfinished instance, a suspended one too: one that has begun reads the end as its next message, one that has
    /// not begun never does.
    /// </summary>
    public static void Terminate(this Transaction transaction, string id, string? output, bool recursive, DateTimeOffset now)
    {
        var (execution, turns) = transaction.Query(
            "SELECT execution, turns FROM Instances WHERE id = @id", row => (row.GetInt64(0), row.GetInt64(1)), ("@id", id))[0];
        transaction.Execute(
            "UPDATE Instances SET suspended = 0, ending = 1 WHERE execution = @execution", ("@execution", execution));
        if (turns > 0)
        {
            transaction.Put(
                execution,
                Events.ExecutionTerminated(Instant.ToTimestamp(now.UtcTicks), output, recursive),
                now.UtcTicks,
                now);
            return;
        }

        transaction.Execute(
            """
            UPDATE Instances SET status = @status, output = @output, updated = @now, completed = @now
            WHERE execution = @execution
            """,
            ("@status", (int)OrchestrationStatus.Terminated),
            ("@output", output),
            ("@now", now.UtcTicks),
            ("@execution", execution));
        transaction.Finish(execution, new(OrchestrationStatus.Terminated, output, null), recursive, now);
    }

    /// <summary>What follows from the end that is in the instance's row: its messages and timers go, its children end if
    /// that is wanted, and whoever awaits it hears of it. Activities that are on their way still run.</summary>
    public static void Finish(this Transaction transaction, long execution, Ending ending, bool recursive, DateTimeOffset now)
    {
        transaction.Execute("DELETE FROM NewEvents WHERE execution = @execution", ("@execution", execution));
        var (id, parentExecution, start) = transaction.Query(
            "SELECT id, parentExecution, start FROM Instances WHERE execution = @execution",
            row => (row.GetString(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
            ("@execution", execution))[0];
        transaction.Moved.Add(id);
        if (recursive)
            transaction.TerminateChildren(id, now);
        if (parentExecution is { } parent)
        {
            var taskId = ExecutionStartedEvent.Parser.ParseFrom(start).ParentInstance.TaskScheduledId;
            transaction.Reply(parent, ToReply(ending, taskId, Instant.ToTimestamp(now.UtcTicks)), now);
        }
    }

    /// <summary>Ends every unfinished child of an instance, and each of them its own.</summary>
    private static void TerminateChildren(this Transaction transaction, string parent, DateTimeOffset now)
    {
        var children = transaction.Query(
            $"SELECT id FROM Instances WHERE parent = @parent AND {InstanceStatus.IsUnfinished}",
            row => row.GetString(0),
            ("@parent", parent));
        foreach (var child in children)
            transaction.Terminate(child, output: null, recursive: true, now);
    }

    private static HistoryEvent ToReply(Ending ending, int taskId, Timestamp at) => ending switch
    {
        { Status: OrchestrationStatus.Completed } => Events.ChildCompleted(at, taskId, ending.Output),
        { Failure: { } failure } => Events.ChildFailed(at, taskId, failure),
        { Status: OrchestrationStatus.Terminated } =>
            Events.ChildFailed(at, taskId, Events.Failure("The sub-orchestration was terminated.")),
        _ => Events.ChildFailed(at, taskId, Events.Failure(ending.Output ?? string.Empty)),
    };
}
