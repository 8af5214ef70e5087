using System.Text;
using Microsoft.DurableTask.Protobuf;
using static Microsoft.DurableTask.Protobuf.OrchestratorAction;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>What a turn sets in motion, within its own transaction: activities, timers, children and events.</summary>
internal sealed class TurnOutcome(DurableEngineOptions options)
{
    private const int ShareOfEarlyTimers = 4;

    /// <param name="isOver">Whether the execution ends with this turn: then no timer can reach it any more.</param>
    public void Apply(
        Transaction transaction, Turn turn, IEnumerable<OrchestratorAction> actions, bool isOver, DateTimeOffset now)
    {
        foreach (var action in actions)
        {
            switch (action.OrchestratorActionTypeCase)
            {
                case OrchestratorActionTypeOneofCase.ScheduleTask:
                    Schedule(transaction, turn, action.Id, action.ScheduleTask);
                    break;
                case OrchestratorActionTypeOneofCase.CreateTimer when !isOver:
                    var fireAt = action.CreateTimer.FireAt;
                    var visibleAt = VisibleAt(turn.InstanceId, action.Id, fireAt.ToTicks(), now.UtcTicks);
                    transaction.Put(turn.Execution, Events.TimerFired(fireAt, action.Id), visibleAt, now);
                    break;
                case OrchestratorActionTypeOneofCase.CreateSubOrchestration:
                    StartChild(transaction, turn, action.Id, action.CreateSubOrchestration, now);
                    break;
                case OrchestratorActionTypeOneofCase.SendEvent:
                    var (sent, at) = (action.SendEvent, Instant.ToTimestamp(now.UtcTicks));
                    transaction.Raise(sent.Instance.InstanceId, Events.EventRaised(at, sent.Name, sent.Data), now);
                    break;
            }
        }
    }

    private static void Schedule(Transaction transaction, Turn turn, int id, ScheduleTaskAction task)
    {
        var seq = transaction.Numbers.NextSeq();
        transaction.Execute(
            "INSERT INTO NewTasks (seq, execution, id, task, name, input) VALUES (@seq, @execution, @id, @task, @name, @input)",
            ("@seq", seq),
            ("@execution", turn.Execution),
            ("@id", turn.InstanceId),
            ("@task", id),
            ("@name", task.Name),
            ("@input", OnlyElement(task.Input)));
        transaction.NewTasks.Add(seq);
    }

    /// <summary>Durable Task writes an activity's input as an array of one; the activity gets the element.</summary>
    private static string? OnlyElement(string? input)
    {
        var element = input is ['[', .., ']'] ? input[1..^1] : input;
        return element is null or "" or "null" ? null : element;
    }

    private void StartChild(Transaction transaction, Turn turn, int id, CreateSubOrchestrationAction child, DateTimeOffset now)
    {
        var start = new ExecutionStartedEvent
        {
            Name = child.Name,
            Version = string.IsNullOrEmpty(child.Version) ? options.DefaultVersion : child.Version,
            Input = child.Input,
            OrchestrationInstance = new() { InstanceId = child.InstanceId },
            ParentInstance = new()
            {
                Name = turn.Name,
                TaskScheduledId = id,
                OrchestrationInstance = new() { InstanceId = turn.InstanceId, ExecutionId = turn.ExecutionId },
            },
        };
        start.Tags.Add(child.Tags);
        if (transaction.TryStart(start, now, turn.Execution, now))
            return;
        var refusal = Events.Failure($"An orchestration instance '{child.InstanceId}' is already running.");
        transaction.Reply(turn.Execution, Events.ChildFailed(Instant.ToTimestamp(now.UtcTicks), id, refusal), now);
    }

    // Which timers are early depends on nothing but their names, so a run can be repeated.
    private long VisibleAt(string instanceId, int timerId, long fireAt, long now)
    {
        if (options.TimersFireEarlyBy == TimeSpan.Zero || fireAt <= now)
            return fireAt;
        var hash = 2166136261u; // FNV-1a
        foreach (var each in Encoding.UTF8.GetBytes($"{instanceId}\n{timerId}"))
            hash = (hash ^ each) * 16777619;
        return hash % ShareOfEarlyTimers == 0 ? Math.Max(now + 1, fireAt - options.TimersFireEarlyBy.Ticks) : fireAt;
    }
}
