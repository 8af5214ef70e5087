using System.Collections.Concurrent;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>A worker that holds an execution gets no history with a turn; one that may hold something else gets all of it.</summary>
public sealed class SessionTests
{
    private readonly ConcurrentQueue<int> _calls = new();

    [Fact]
    public async Task LongSequence_TurnAfterTurn_SendsTheHistoryOnceAndNotEachTime()
    {
        await using var run = await EngineRun.StartAsync(Steps());
        var sent = new ConcurrentQueue<int>();
        await BetweenAsync(run, (turn, inner) =>
        {
            sent.Enqueue(turn.PastEvents.Count);
            return inner.RunTurnAsync("Steps", turn, run.Patience);
        });

        Assert.Equal(200, await run.RunAsync<int>("Steps", 200));

        Assert.Equal(201, sent.Count);
        Assert.InRange(sent.Sum(), 1, 50);
        Assert.Equal(Enumerable.Range(0, 200), _calls);
    }

    [Fact]
    public async Task Worker_StartsAnewInBetween_IsSentTheHistory()
    {
        await using var run = await EngineRun.StartAsync(Steps());
        using var second = new RunnerWorker(run.Functions, run.Loggers);
        var turns = 0;
        await BetweenAsync(run, (turn, inner) =>
            (Interlocked.Increment(ref turns) < 10 ? inner : second).RunTurnAsync("Steps", turn, run.Patience));

        Assert.Equal(20, await run.RunAsync<int>("Steps", 20));

        Assert.Equal(22, turns); // one was asked for again
        Assert.Equal(Enumerable.Range(0, 20), _calls);
    }

    [Fact]
    public async Task Response_Lost_IsNothingThatTheStoreWouldKnowOfAndTheTurnIsRunAgainFromTheHistory()
    {
        await using var run = await EngineRun.StartAsync(Steps());
        var turns = 0;
        var afterTheLoss = -1;
        await BetweenAsync(run, async (turn, inner) =>
        {
            var number = Interlocked.Increment(ref turns);
            if (number == 11)
                afterTheLoss = turn.PastEvents.Count;
            var response = await inner.RunTurnAsync("Steps", turn, run.Patience);
            return number == 10 ? throw new IOException("The connection broke.") : response;
        });
        var id = await run.ScheduleAsync("Steps", 20);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(run.Patience);
        while (afterTheLoss < 0)
        {
            run.Clock.Advance(TimeSpan.FromSeconds(30)); // for so long the turn waits
            await Task.Delay(TimeSpan.FromMilliseconds(10), waiting.Token);
        }

        Assert.Equal(20, (await run.LookAsync(id)).ReadOutputAs<int>());
        Assert.InRange(afterTheLoss, 30, 50);
        Assert.Equal(Enumerable.Range(0, 20), _calls);
    }

    private TestFunctions Steps() => new TestFunctions()
        .Orchestrator("Steps", async context =>
        {
            var steps = context.GetInput<int>();
            for (var step = 0; step < steps; step++)
                await context.CallActivityAsync<int>("Step", step);
            return steps;
        })
        .Activity<int, int>("Step", step =>
        {
            _calls.Enqueue(step);
            return step;
        });

    private static Task BetweenAsync(
        EngineRun run, Func<OrchestratorRequest, IDurableWorker, Task<OrchestratorResponse>> runTurn)
    {
        run.Between = inner => new InBetween(inner, runTurn);
        return run.RestartAsync();
    }

    private sealed class InBetween(
        IDurableWorker inner, Func<OrchestratorRequest, IDurableWorker, Task<OrchestratorResponse>> runTurn) : IDurableWorker
    {
        public Task<OrchestratorResponse> RunTurnAsync(
            string orchestrator, OrchestratorRequest turn, CancellationToken stopping) => runTurn(turn, inner);

        public Task<ActivityOutcome> RunActivityAsync(ActivityCall call, CancellationToken stopping) =>
            inner.RunActivityAsync(call, stopping);
    }
}
