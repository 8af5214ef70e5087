using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>The engine while the clock stands still for everything to be done, as at each stop of a move.</summary>
public sealed class HeldClockTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pf-held-");

    [Fact]
    public async Task Turn_ThatCouldNotBeDone_IsTriedAgainWhileTheClockStandsStill()
    {
        var clock = new MovableClock(Path.Combine(_folder.FullName, "clock"));
        var functions = new TestFunctions().Orchestrator("Answer", _ => Task.FromResult(42));
        using var worker = new RunnerWorker(functions, NullLoggerFactory.Instance);
        await using var engine = new DurableEngine(
            new() { DatabasePath = Path.Combine(_folder.FullName, "durable.db"), LeaseLength = Pause },
            new AwayAtFirst(worker), clock, NullLoggerFactory.Instance);
        await engine.StartAsync(CancellationToken.None);

        using var still = clock.Hold();
        var now = clock.GetUtcNow();
        Assert.True(engine.Instances.TryStart(
            new() { Name = "Answer", Version = "", OrchestrationInstance = new() { InstanceId = "one" } }, now, now));
        await engine.WhenIdleAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(OrchestrationStatus.Completed, engine.Instances.Find("one")!.Status);
        Assert.Equal(now, clock.GetUtcNow());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class AwayAtFirst(IDurableWorker inner) : IDurableWorker
    {
        private int _turns;

        public Task<OrchestratorResponse> RunTurnAsync(string orchestrator, OrchestratorRequest turn, CancellationToken stopping) =>
            Interlocked.Increment(ref _turns) == 1
                ? throw new IOException("The worker is away.")
                : inner.RunTurnAsync(orchestrator, turn, stopping);

        public Task<ActivityOutcome> RunActivityAsync(ActivityCall call, CancellationToken stopping) =>
            inner.RunActivityAsync(call, stopping);
    }
}
