using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>
/// How long the histories of a run became, those that were continued as new since then included. Counted are a turn's messages,
/// its decisions, and the events of its beginning and end. What counts its histories, since keys are made of the count, must never
/// count back.
/// </summary>
internal sealed class LongestHistory
{
    /// <summary>What no history of the app exceeds, whatever happens and for how long.</summary>
    public const int Bound = 500;

    private readonly ConcurrentDictionary<string, int> _events = new();
    private readonly ConcurrentDictionary<string, int> _rounds = new();
    private readonly ConcurrentQueue<string> _countingBack = new();

    /// <summary>The most events that one history had.</summary>
    public int Events
    {
        get
        {
            Assert.Empty(_countingBack);
            return _events.IsEmpty ? 0 : _events.Values.Max();
        }
    }

    /// <summary>How many histories there were.</summary>
    public int Histories => _events.Count;

    /// <summary>Watches a run from now on, before anything was started in it.</summary>
    public static async Task<LongestHistory> WatchAsync(EngineRun run)
    {
        var longest = new LongestHistory();
        run.Between = worker => new Watched(worker, longest);
        await run.RestartAsync();
        return longest;
    }

    private void Count(string instance, string? input)
    {
        if (input is null || JsonNode.Parse(input) is not JsonObject fields
            || fields.FirstOrDefault(field => field.Key.Equals("round", StringComparison.OrdinalIgnoreCase)).Value is not { } value) return;
        var round = value.GetValue<int>();
        if (_rounds.TryGetValue(instance, out var last) && round < last) _countingBack.Enqueue($"{instance}: {last}, then {round}");
        _rounds[instance] = round;
    }

    private sealed class Watched(IDurableWorker worker, LongestHistory longest) : IDurableWorker
    {
        public async Task<OrchestratorResponse> RunTurnAsync(
            string orchestrator, OrchestratorRequest turn, CancellationToken stopping)
        {
            var response = await worker.RunTurnAsync(orchestrator, turn, stopping);
            if (!response.RequiresHistory)
                longest._events.AddOrUpdate(
                    $"{turn.InstanceId}/{turn.ExecutionId}", Added(), (_, events) => events + Added());
            foreach (var begun in turn.NewEvents.Where(found => found.EventTypeCase == HistoryEvent.EventTypeOneofCase.ExecutionStarted))
                longest.Count(turn.InstanceId, begun.ExecutionStarted.Input);
            foreach (var next in response.Actions.Select(action => action.CompleteOrchestration)
                .Where(end => end?.OrchestrationStatus == OrchestrationStatus.ContinuedAsNew))
                longest.Count(turn.InstanceId, next.Result);
            return response;

            int Added() => turn.NewEvents.Count + response.Actions.Count + 1;
        }

        public Task<ActivityOutcome> RunActivityAsync(ActivityCall call, CancellationToken stopping) =>
            worker.RunActivityAsync(call, stopping);
    }
}
