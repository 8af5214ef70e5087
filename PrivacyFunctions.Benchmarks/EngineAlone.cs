using System.Globalization;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Benchmarks;

/// <summary>The engine with Microsoft's replay behind it and Microsoft's client before it, without a Functions worker.</summary>
internal sealed class EngineAlone : IDurableFunctions, IAsyncDisposable
{
    private readonly RunnerWorker _worker;
    private readonly DurableEngine _engine;
    private EngineDoor? _door;

    private EngineAlone(string database)
    {
        _worker = new(this, NullLoggerFactory.Instance);
        _engine = new(new() { DatabasePath = database }, _worker, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public DurableTaskClient Client => _door!.Client;

    /// <param name="folder">Where its database and its socket are made.</param>
    public static async Task<EngineAlone> StartAsync(TemporaryFolder folder)
    {
        var alone = new EngineAlone(folder.File("alone.db"));
        await alone._engine.StartAsync(CancellationToken.None);
        alone._door = await EngineDoor.OpenAsync(folder.File("door"), () => alone._engine);
        return alone;
    }

    public OrchestratorFunction? FindOrchestrator(string name) =>
        name == nameof(Sequence) ? async context => await Sequence.RunAsync(context) : null;

    public ActivityFunction? FindActivity(string name) => name == Sequence.Step
        ? (call, _) => Task.FromResult<object?>(Sequence.TakeStep(int.Parse(call.Input!, CultureInfo.InvariantCulture)))
        : null;

    public async ValueTask DisposeAsync()
    {
        if (_door is not null) await _door.DisposeAsync();
        await _engine.DisposeAsync();
        _worker.Dispose();
    }
}
