using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>
/// A real engine on a database and a clock of the test's own, Microsoft's replay behind it and Microsoft's client before it.
/// Nothing sleeps: the test moves the clock.
/// </summary>
internal sealed class EngineRun : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pf-engine-");
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(10));
    private RunnerWorker? _worker;
    private EngineDoor? _door;

    private EngineRun(TestFunctions functions) => Functions = functions;

    public TestFunctions Functions { get; }

    public FakeTimeProvider Clock { get; } = new(Start);

    public ILoggerFactory Loggers { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The longest piece of a timer, from the next restart on; the local host's worker does not cut them.</summary>
    public TimeSpan? LongestTimer { get; set; }

    public DurableEngine Engine { get; private set; } = null!;

    public DurableTaskClient Client => _door!.Client;

    public string DatabasePath => Path.Combine(_folder.FullName, "durable.db");

    /// <summary>How the engine runs, from the next restart on.</summary>
    public Func<DurableEngineOptions, DurableEngineOptions> Configure { get; set; } = options => options;

    /// <summary>What stands between the engine and the worker, from the next restart on.</summary>
    public Func<IDurableWorker, IDurableWorker> Between { get; set; } = worker => worker;

    /// <summary>Ends a test that hangs; a passing one never waits for it.</summary>
    public CancellationToken Patience => _patience.Token;

    public static async Task<EngineRun> StartAsync(TestFunctions functions)
    {
        var run = new EngineRun(functions);
        await run.StartEngineAsync();
        run._door = await EngineDoor.OpenAsync(Path.Combine(run._folder.FullName, "door"), () => run.Engine);
        return run;
    }

    /// <summary>Stops the engine and starts another one on the same database, with other functions if given.</summary>
    public async Task RestartAsync(TestFunctions? functions = null)
    {
        await Engine.DisposeAsync();
        await StartEngineAsync(functions);
    }

    public async Task<string> ScheduleAsync(string orchestrator, object? input = null, string? id = null) =>
        await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, id is null ? null : new(id), Patience);

    /// <summary>Lets everything run that is due now.</summary>
    public Task SettleAsync() => Engine.WhenIdleAsync(Patience);

    /// <summary>Moves the clock and lets everything run that has come due.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        await SettleAsync();
        Clock.Advance(time);
        await SettleAsync();
    }

    /// <summary>Lets everything run, then tells about the instance.</summary>
    public async Task<OrchestrationMetadata> LookAsync(string id)
    {
        await SettleAsync();
        return await Client.GetInstanceAsync(id, getInputsAndOutputs: true, Patience)
            ?? throw new InvalidOperationException($"There is no instance {id}.");
    }

    /// <summary>Starts one, lets everything run, and reads the output of the completed instance.</summary>
    public async Task<T> RunAsync<T>(string orchestrator, object? input = null)
    {
        var found = await LookAsync(await ScheduleAsync(orchestrator, input));
        Assert.True(found.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{found.RuntimeStatus}: {found.SerializedOutput}");
        return found.ReadOutputAs<T>()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        if (_door is not null)
            await _door.DisposeAsync();
        _worker?.Dispose();
        _patience.Dispose();
        _folder.Delete(recursive: true);
    }

    private Task StartEngineAsync(TestFunctions? functions = null)
    {
        _worker?.Dispose();
        _worker = new RunnerWorker(functions ?? Functions, Loggers, LongestTimer);
        Engine = new DurableEngine(Configure(new() { DatabasePath = DatabasePath }), Between(_worker), Clock, Loggers);
        return Engine.StartAsync(Patience);
    }
}
