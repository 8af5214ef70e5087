using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>
/// A small Functions host: it starts the worker with the app and asks it for its functions; then it serves their routes, keeps
/// their schedules and runs their orchestrations, on a clock that can be moved. Disposing stops it in the reverse order:
/// requests and running work end first, the worker last.
/// </summary>
internal sealed class LocalFunctionsHost : IAsyncDisposable
{
    private static readonly TimeSpan WorkersTime = TimeSpan.FromSeconds(60);

    private readonly LocalFunctionsHostOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly WorkerChannel _channel;
    private readonly DurableEngine _engine;
    private readonly WorkerSlot _slot = new();
    private readonly Stack<Func<ValueTask>> _undo = new();
    private TimerFunctions? _timers;
    private ClockMover? _mover;

    private LocalFunctionsHost(LocalFunctionsHostOptions options, ILoggerFactory loggers)
    {
        (_options, _loggers) = (options, loggers);
        _channel = new(Guid.NewGuid().ToString("N"), new WorkerLogs(loggers));
        HostJson = HostJson.Read(Path.Combine(options.Worker.Folder, "host.json"));
        _channel.FunctionTimeout = HostJson.FunctionTimeout;
        _engine = new(
            new()
            {
                DatabasePath = options.EngineDatabase, DefaultVersion = HostJson.DurableVersion,
                TimersFireEarlyBy = options.TimersFireEarlyBy,
            },
            options.Drill.Around(_slot), options.Clock, loggers);
        options.Drill.Concerns(_engine);
    }

    /// <summary>The app's host.json.</summary>
    public HostJson HostJson { get; }

    /// <summary>The app's address, such as <c>http://127.0.0.1:7071</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The durable engine's address, for a durable client outside of the worker.</summary>
    public string DurableAddress { get; private set; } = "";

    /// <summary>The clock.</summary>
    public MovableClock Clock => _options.Clock;

    /// <summary>The durable engine.</summary>
    public DurableEngine Engine => _engine;

    /// <summary>The timer functions.</summary>
    public TimerFunctions Timers => _timers!;

    /// <summary>Moves the clock, and stops for all of them.</summary>
    public ClockMover Mover => _mover!;

    /// <summary>Completes when the worker has ended, or has been given up; it does not come back.</summary>
    public Task WorkerEnded => Task.WhenAny(_options.Worker.Ended, _channel.Ended);

    /// <summary>Starts everything; it serves when this returns.</summary>
    /// <exception cref="FunctionStartupException">Functions or schedules that cannot be served.</exception>
    /// <exception cref="StartUpProblem">A setting is wrong, a port is taken, or the worker does not start.</exception>
    public static async Task<LocalFunctionsHost> StartAsync(
        LocalFunctionsHostOptions options, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var host = new LocalFunctionsHost(options, loggers);
        try
        {
            await host.StartAsync(cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Exception? first = null;
        while (_undo.TryPop(out var undo))
        {
            try
            {
                await undo();
            }
            catch (Exception failure)
            {
                first ??= failure; // the others are stopped all the same
            }
        }

        if (first is not null) ExceptionDispatchInfo.Throw(first);
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        _undo.Push(_engine.DisposeAsync);
        var server = await WorkerServer.StartAsync(_channel, _engine, _options.Drill, _loggers, cancellation);
        _undo.Push(server.DisposeAsync);
        DurableAddress = server.Address;

        var connection = new WorkerConnection(server.Address, _channel.WorkerId, _options.Settings);
        _undo.Push(_options.Worker.DisposeAsync);
        await _options.Worker.StartAsync(connection, cancellation);
        _undo.Push(StopWorkerAsync);
        var worker = await LoadAsync(cancellation);
        var activities = worker.Functions.Select(function => function.Trigger).OfType<FunctionTrigger.Activity>();
        _options.Drill.Check(activities.Select(activity => activity.Name));

        var invocations = new Invocations(server.Address);
        _slot.Fill(new DurableInvocations(_channel, worker, invocations));
        await _engine.StartAsync(cancellation);
        _undo.Push(async () => await _engine.StopAsync(CancellationToken.None));

        _timers = new TimerFunctions(
            worker.Functions, new TimerInvocations(_channel, invocations).RunAsync,
            new TimerStatusFiles(_options.TimersFolder, _loggers.CreateLogger<TimerStatusFiles>()),
            connection.Configuration, _options.Clock, _loggers.CreateLogger<TimerFunctions>());
        _mover = new ClockMover(_options.Clock, [_timers, new ClockFollower(_engine.NextDue, _engine.WhenIdleAsync)]);

        var front = await HttpFront.StartAsync(
            _options.Port, _options.Keys, _timers, worker, _options.Worker.HttpAddress ?? worker.HttpUri, _channel, invocations,
            HostJson.RoutePrefix, _loggers, cancellation);
        Address = front.Address;
        // Timers begin when the engine runs, and end before it stops: one may start an orchestration as soon as it runs.
        _undo.Push(async () =>
        {
            await _timers.StopAsync();
            _timers.Dispose();
            _mover.Dispose();
        });
        _undo.Push(front.DisposeAsync);
        _timers.Start();
    }

    private async Task<LoadedWorker> LoadAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(WorkersTime);
        try
        {
            await Task.WhenAny(_channel.Connected.WaitAsync(patience.Token), _options.Worker.Ended).Unwrap();
            if (!_channel.Connected.IsCompleted) throw new WorkerGoneException();
            return await LoadedWorker.LoadAsync(_channel, _options.Worker.Folder, patience.Token);
        }
        catch (WorkerGoneException gone)
        {
            throw new StartUpProblem("The function app's worker ended while it started; what it said stands above.", gone);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new StartUpProblem($"The function app's worker did not start within {WorkersTime.TotalSeconds:0} seconds.", late);
        }
    }

    private async ValueTask StopWorkerAsync()
    {
        using var patience = new CancellationTokenSource(WorkersTime);
        await _options.Worker.StopAsync(patience.Token);
        _channel.End();
    }

    /// <summary>Stands in for the worker until it is loaded: the engine's address is part of what the worker is started with.</summary>
    private sealed class WorkerSlot : IDurableWorker
    {
        private volatile IDurableWorker? _worker;

        private IDurableWorker Worker => _worker ?? throw new InvalidOperationException("The worker is not loaded yet.");

        public void Fill(IDurableWorker worker) => _worker = worker;

        public Task<Microsoft.DurableTask.Protobuf.OrchestratorResponse> RunTurnAsync(
            string orchestrator, Microsoft.DurableTask.Protobuf.OrchestratorRequest turn, CancellationToken stopping) =>
            Worker.RunTurnAsync(orchestrator, turn, stopping);

        public Task<ActivityOutcome> RunActivityAsync(ActivityCall call, CancellationToken stopping) =>
            Worker.RunActivityAsync(call, stopping);
    }
}
