using System.Collections.Concurrent;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>
/// How long the histories of a run became, those that were continued as new since then included. Counted are a turn's messages,
/// its decisions, and the events of its beginning and end.
/// </summary>
internal sealed class LongestHistory
{
    /// <summary>What no history of the app exceeds, whatever happens and for how long.</summary>
    public const int Bound = 500;

    private readonly ConcurrentDictionary<string, int> _events = new();

    /// <summary>The most events that one history had.</summary>
    public int Events => _events.IsEmpty ? 0 : _events.Values.Max();

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

    private sealed class Watched(IDurableWorker worker, LongestHistory longest) : IDurableWorker
    {
        public async Task<OrchestratorResponse> RunTurnAsync(
            string orchestrator, OrchestratorRequest turn, CancellationToken stopping)
        {
            var response = await worker.RunTurnAsync(orchestrator, turn, stopping);
            if (!response.RequiresHistory)
                longest._events.AddOrUpdate(
                    $"{turn.InstanceId}/{turn.ExecutionId}", Added(), (_, events) => events + Added());
            return response;

            int Added() => turn.NewEvents.Count + response.Actions.Count + 1;
        }

        public Task<ActivityOutcome> RunActivityAsync(ActivityCall call, CancellationToken stopping) =>
            worker.RunActivityAsync(call, stopping);
    }
}
