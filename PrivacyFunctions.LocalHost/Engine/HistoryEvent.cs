using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// One entry of an instance's history: the only state an orchestration has. A turn appends its start, the messages that it
/// read, the decisions that the orchestrator took and, in the last turn, the completion. Persisted as JSON: a released
/// shape never changes, it only gains members with defaults. All instants are UTC.
/// </summary>
[JsonDerivedType(typeof(OrchestratorStarted), nameof(OrchestratorStarted))]
[JsonDerivedType(typeof(ExecutionStarted), nameof(ExecutionStarted))]
[JsonDerivedType(typeof(ExecutionTerminated), nameof(ExecutionTerminated))]
[JsonDerivedType(typeof(ExecutionCompleted), nameof(ExecutionCompleted))]
[JsonDerivedType(typeof(EventRaised), nameof(EventRaised))]
[JsonDerivedType(typeof(TimerFired), nameof(TimerFired))]
[JsonDerivedType(typeof(TaskCompleted), nameof(TaskCompleted))]
[JsonDerivedType(typeof(TaskFailed), nameof(TaskFailed))]
[JsonDerivedType(typeof(TaskScheduled), nameof(TaskScheduled))]
[JsonDerivedType(typeof(TimerCreated), nameof(TimerCreated))]
[JsonDerivedType(typeof(SubOrchestrationCreated), nameof(SubOrchestrationCreated))]
[JsonDerivedType(typeof(EventSent), nameof(EventSent))]
internal abstract record HistoryEvent
{
    private HistoryEvent()
    {
    }

    /// <summary>A turn began; its instant is the orchestrator's clock until the next one.</summary>
    internal sealed record OrchestratorStarted(DateTime At) : HistoryEvent;

    /// <summary>The execution began. A restart under the same instance id is another execution, and so is continuing as
    /// new.</summary>
    internal sealed record ExecutionStarted(string ExecutionId, string Name, string Version, string? Input, Caller? Caller)
        : HistoryEvent
    {
        /// <summary>The custom status that the execution before this one left, in JSON.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? CustomStatus { get; init; }
    }

    /// <summary>The instance is ended from outside, with its unfinished children when recursive.</summary>
    internal sealed record ExecutionTerminated(string? Output, bool Recursive) : HistoryEvent;

    /// <summary>The execution's end: the output as JSON, or the failure's text.</summary>
    internal sealed record ExecutionCompleted(OrchestrationRuntimeStatus Status, string? Output) : HistoryEvent;

    /// <summary>An external event arrived.</summary>
    internal sealed record EventRaised(string Name, string? Payload) : HistoryEvent;

    /// <summary>A timer came due.</summary>
    internal sealed record TimerFired(int TimerId) : HistoryEvent;

    /// <summary>An activity or a sub-orchestration returned.</summary>
    internal sealed record TaskCompleted(int TaskId, string? Result) : HistoryEvent;

    /// <summary>An activity or a sub-orchestration failed. Of the exception only the message survives.</summary>
    internal sealed record TaskFailed(int TaskId, string Message) : HistoryEvent;

    /// <summary>
    /// What the orchestrator decided, in the order of ids, which one counter per execution gives. A replay must take the
    /// same decisions, or the code does not fit the history.
    /// </summary>
    internal abstract record Decision(int Id) : HistoryEvent
    {
        /// <summary>Kind and name in words. Two decisions are the same when id and words are.</summary>
        internal abstract string Describe();
    }

    /// <summary>An activity is to run.</summary>
    internal sealed record TaskScheduled(int Id, string Name, string? Input) : Decision(Id)
    {
        internal override string Describe() => $"activity '{Name}'";
    }

    /// <summary>A timer is to fire.</summary>
    internal sealed record TimerCreated(int Id, DateTime FireAt) : Decision(Id)
    {
        internal override string Describe() => "a timer";
    }

    /// <summary>A sub-orchestration is to start.</summary>
    internal sealed record SubOrchestrationCreated(int Id, string Name, string InstanceId, string Version, string? Input)
        : Decision(Id)
    {
        internal override string Describe() => $"sub-orchestration '{Name}'";
    }

    /// <summary>Another instance is to get an event.</summary>
    internal sealed record EventSent(int Id, string InstanceId, string Name, string? Payload) : Decision(Id)
    {
        internal override string Describe() => $"sent event '{Name}'";
    }
}
