using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>History events that the engine makes. Messages have the id -1; what an orchestrator decided has its action's id.</summary>
internal static class Events
{
    private const int OfTheEngine = -1;

    // As on the Functions host: the exception's type is not kept, so no retry policy can select by it.
    private const string UnknownErrorType = "(unknown)";

    public static HistoryEvent Make(Timestamp at, int id = OfTheEngine) => new() { EventId = id, Timestamp = at };

    public static HistoryEvent OrchestratorStarted(Timestamp at)
    {
        var happened = Make(at);
        happened.OrchestratorStarted = new();
        return happened;
    }

    public static HistoryEvent OrchestratorCompleted(Timestamp at)
    {
        var happened = Make(at);
        happened.OrchestratorCompleted = new();
        return happened;
    }

    public static HistoryEvent ExecutionStarted(Timestamp at, ExecutionStartedEvent start)
    {
        var happened = Make(at);
        happened.ExecutionStarted = start;
        return happened;
    }

    public static HistoryEvent ExecutionTerminated(Timestamp at, string? output, bool recursive)
    {
        var happened = Make(at);
        happened.ExecutionTerminated = new() { Input = output, Recurse = recursive };
        return happened;
    }

    public static HistoryEvent EventRaised(Timestamp at, string name, string? input)
    {
        var happened = Make(at);
        happened.EventRaised = new() { Name = name, Input = input };
        return happened;
    }

    public static HistoryEvent TimerFired(Timestamp fireAt, int timerId)
    {
        var happened = Make(fireAt);
        happened.TimerFired = new() { FireAt = fireAt, TimerId = timerId };
        return happened;
    }

    public static HistoryEvent TaskEnded(Timestamp at, int taskId, ActivityOutcome outcome)
    {
        var happened = Make(at);
        if (outcome is ActivityOutcome.Completed completed)
            happened.TaskCompleted = new() { TaskScheduledId = taskId, Result = completed.Result };
        else
            happened.TaskFailed = new() { TaskScheduledId = taskId, FailureDetails = Failure(((ActivityOutcome.Failed)outcome).Message) };
        return happened;
    }

    public static HistoryEvent ChildCompleted(Timestamp at, int taskId, string? result)
    {
        var happened = Make(at);
        happened.SubOrchestrationInstanceCompleted = new() { TaskScheduledId = taskId, Result = result };
        return happened;
    }

    public static HistoryEvent ChildFailed(Timestamp at, int taskId, TaskFailureDetails details)
    {
        var happened = Make(at);
        happened.SubOrchestrationInstanceFailed = new() { TaskScheduledId = taskId, FailureDetails = details };
        return happened;
    }

    public static TaskFailureDetails Failure(string message) => new() { ErrorType = UnknownErrorType, ErrorMessage = message };
}
