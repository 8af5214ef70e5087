using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Tests.Support;

/// <summary>One turn of a history: what the orchestrator was told, and what it decided.</summary>
/// <param name="Request">The history until then and the turn's messages.</param>
/// <param name="Decided">The events that stand for its actions.</param>
internal sealed record RecordedTurn(OrchestratorRequest Request, IReadOnlyList<HistoryEvent> Decided)
{
    private static readonly Orchestrators Microsofts = new(NullLoggerFactory.Instance);

    /// <summary>A history's turns, in their order.</summary>
    public static IEnumerable<RecordedTurn> Of(IReadOnlyList<HistoryEvent> history)
    {
        var instance = StartOf(history).OrchestrationInstance;
        for (var start = 0; start < history.Count;)
        {
            var end = start;
            while (history[end].OrchestratorCompleted is null)
                end++;
            var turn = history.Skip(start).Take(end - start).ToList();
            var request = new OrchestratorRequest { InstanceId = instance.InstanceId, ExecutionId = instance.ExecutionId };
            request.PastEvents.Add(history.Take(start));
            request.NewEvents.Add(turn.Where(happened => !IsDecision(happened)));
            yield return new(request, [.. turn.Where(IsDecision)]);
            start = end + 1;
        }
    }

    public static ExecutionStartedEvent StartOf(IEnumerable<HistoryEvent> history) =>
        history.Select(happened => happened.ExecutionStarted).Single(start => start is not null);

    /// <summary>What that code decides today, as the same kind of events.</summary>
    public IReadOnlyList<HistoryEvent> DecideToday(OrchestratorFunction code)
    {
        return [.. Microsofts.Run(Request, code).Actions.Select(
            action => Decisions.ToEvent(action, Request.NewEvents[0].Timestamp))];
    }

    // A message has the id -1.
    private static bool IsDecision(HistoryEvent happened) => happened.EventId >= 0;
}
