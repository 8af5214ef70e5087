using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>What a turn decided; nothing of it is true until the store has committed it in one transaction.</summary>
/// <param name="Decisions">New decisions in the order of their ids.</param>
/// <param name="CancelledTimers">Recorded timers that no longer need to fire.</param>
/// <param name="CustomStatus">The custom status as it is now, in JSON.</param>
/// <param name="Completion">The end of the execution, if this was its last turn.</param>
/// <param name="Next">The execution that follows, if the instance continues as new.</param>
internal sealed record TurnResult(
    IReadOnlyList<Decision> Decisions,
    IReadOnlyList<int> CancelledTimers,
    string? CustomStatus,
    ExecutionCompleted? Completion,
    NextExecution? Next = null);

/// <summary>How an instance continues as new.</summary>
/// <param name="Input">The new input in JSON.</param>
/// <param name="CustomStatus">The custom status in JSON, which stays until the new execution sets another.</param>
/// <param name="Events">Events that nobody has awaited, in the order in which they came.</param>
internal sealed record NextExecution(string? Input, string? CustomStatus, IReadOnlyList<EventRaised> Events);
