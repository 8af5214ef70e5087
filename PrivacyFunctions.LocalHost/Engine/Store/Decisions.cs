using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;
using static Microsoft.DurableTask.Protobuf.OrchestratorAction;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>What orchestrators decide, as it stands in the history: an event for each action, under the action's id.</summary>
internal static class Decisions
{
    /// <summary>Whether the engine can carry out the action; entities it has none.</summary>
    public static bool IsKnown(OrchestratorAction action) => action.OrchestratorActionTypeCase is
        OrchestratorActionTypeOneofCase.ScheduleTask or OrchestratorActionTypeOneofCase.CreateTimer
        or OrchestratorActionTypeOneofCase.CreateSubOrchestration or OrchestratorActionTypeOneofCase.SendEvent
        or OrchestratorActionTypeOneofCase.CompleteOrchestration;

    public static HistoryEvent ToEvent(OrchestratorAction action, Timestamp at)
    {
        var decided = Events.Make(at, action.Id);
        switch (action.OrchestratorActionTypeCase)
        {
            case OrchestratorActionTypeOneofCase.ScheduleTask:
                var task = action.ScheduleTask;
                decided.TaskScheduled = new() { Name = task.Name, Version = task.Version, Input = task.Input };
                decided.TaskScheduled.Tags.Add(task.Tags);
                break;
            case OrchestratorActionTypeOneofCase.CreateTimer:
                decided.TimerCreated = new() { FireAt = action.CreateTimer.FireAt };
                break;
            case OrchestratorActionTypeOneofCase.CreateSubOrchestration:
                var child = action.CreateSubOrchestration;
                decided.SubOrchestrationInstanceCreated = new()
                {
                    InstanceId = child.InstanceId, Name = child.Name, Version = child.Version, Input = child.Input,
                };
                decided.SubOrchestrationInstanceCreated.Tags.Add(child.Tags);
                break;
            case OrchestratorActionTypeOneofCase.SendEvent:
                var sent = action.SendEvent;
                decided.EventSent = new() { InstanceId = sent.Instance.InstanceId, Name = sent.Name, Input = sent.Data };
                break;
            case OrchestratorActionTypeOneofCase.CompleteOrchestration:
                var end = action.CompleteOrchestration;
                decided.ExecutionCompleted = new()
                {
                    OrchestrationStatus = end.OrchestrationStatus,
                    Result = end.Result,
                    FailureDetails = end.FailureDetails is { } failure ? WithoutStackTraces(failure) : null,
                };
                break;
            default:
                throw new NotSupportedException($"The engine knows no action {action.OrchestratorActionTypeCase}.");
        }

        return decided;
    }

    /// <summary>A failure without the traces of its stack: they say nothing to a replay, and histories are kept for months.</summary>
    public static TaskFailureDetails WithoutStackTraces(TaskFailureDetails failure)
    {
        var kept = failure.Clone();
        for (var each = kept; each is not null; each = each.InnerFailure)
            each.StackTrace = null;
        return kept;
    }
}
