using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.LocalHost.Engine;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>What a turn sets in motion, within its own transaction: activities, timers, children, events, the reply.</summary>
internal static class TurnOutcome
{
    public static void Apply(
        SqliteTransaction transaction, TurnLease lease, TurnInput input, TurnResult result, DateTimeOffset now)
    {
        foreach (var decision in result.Decisions)
            CarryOut(transaction, lease, input, decision, now);
        foreach (var timerId in result.CancelledTimers)
        {
            transaction.Execute(
                "DELETE FROM NewEvents WHERE id = @InstanceId AND executionId = @ExecutionId AND timerId = @timerId",
                new { lease.InstanceId, lease.ExecutionId, timerId });
        }

        if (result.Completion is { } completion)
            Finish(transaction, lease, input, completion, now);
    }

    private static void CarryOut(
        SqliteTransaction transaction, TurnLease lease, TurnInput input, Decision decision, DateTimeOffset now)
    {
        switch (decision)
        {
            case TaskScheduled task:
                transaction.Execute(
                    "INSERT INTO NewTasks (id, executionId, payload) VALUES (@InstanceId, @ExecutionId, @payload)",
                    new { lease.InstanceId, lease.ExecutionId, payload = HistoryJson.Write(task) });
                break;
            case TimerCreated timer:
                transaction.Send(
                    lease.InstanceId, lease.ExecutionId, new TimerFired(timer.Id), new DateTimeOffset(timer.FireAt), timer.Id);
                break;
            case SubOrchestrationCreated child:
                StartChild(transaction, lease, input, child, now);
                break;
            case EventSent sent:
                transaction.Send(sent.InstanceId, new EventRaised(sent.Name, sent.Payload), now);
                break;
        }
    }

    private static void StartChild(
        SqliteTransaction transaction, TurnLease lease, TurnInput input, SubOrchestrationCreated child, DateTimeOffset now)
    {
        var caller = new Caller(input.Start!.Name, lease.InstanceId, lease.ExecutionId, child.Id);
        if (transaction.TryStart(new(child.InstanceId, child.Name, child.Version, child.Input, now, caller), now))
            return;
        var refusal = new TaskFailed(child.Id, $"An orchestration instance '{child.InstanceId}' is already running.");
        transaction.Send(lease.InstanceId, lease.ExecutionId, refusal, now);
    }

    private static void Finish(
        SqliteTransaction transaction, TurnLease lease, TurnInput input, ExecutionCompleted completion, DateTimeOffset now)
    {
        // Unread messages and timers of a terminated instance go with it; nothing would ever read them.
        transaction.Execute("DELETE FROM NewEvents WHERE id = @InstanceId", new { lease.InstanceId });
        if (input.Messages.Any(read => read.Message is ExecutionTerminated { Recursive: true }))
            transaction.TerminateChildren(lease.InstanceId, now);
        if (input.Start?.Caller is { } caller)
            transaction.Send(caller.InstanceId, caller.ExecutionId, Reply(caller.TaskId, completion), now);
    }

    private static HistoryEvent Reply(int taskId, ExecutionCompleted completion) => completion.Status switch
    {
        OrchestrationRuntimeStatus.Completed => new TaskCompleted(taskId, completion.Output),
        OrchestrationRuntimeStatus.Failed => new TaskFailed(taskId, completion.Output ?? string.Empty),
        _ => new TaskFailed(taskId, "The sub-orchestration was terminated."),
    };
}
