using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Storage;

namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>
/// The embedded durable engine: runs the functions' orchestrations out of one SQLite file. A crash at any instant loses
/// nothing that a client was told and repeats at most activities that had not been committed. Its clock is the given
/// TimeProvider alone, so a clock that is moved fires timers.
/// </summary>
internal sealed class DurableEngine : IHostedService, IAsyncDisposable
{
    private readonly Database _database;
    private readonly InstanceStore _instances;
    private readonly TurnStore _turns;
    private readonly TimeProvider _time;
    private readonly Signal _changed = new();
    private readonly Func<CancellationToken, Task> _dispatch;
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;

    public DurableEngine(DurableEngineOptions options, IDurableFunctions functions, TimeProvider time, ILoggerFactory loggers)
    {
        _time = time;
        _database = new Database(options.DatabasePath);
        _instances = new InstanceStore(_database);
        _turns = new TurnStore(_database);
        Client = new EngineClient(_instances, new PurgeStore(_database), time, _changed);

        var logger = loggers.CreateLogger<DurableEngine>();
        var turns = new Dispatcher<string, TurnLease>(
            new TurnWorker(_turns, functions, time, options.LeaseLength, loggers),
            options.MaxConcurrentTurns, time, _changed, logger);
        var activities = new Dispatcher<long, TaskLease>(
            new ActivityWorker(new TaskStore(_database), functions, time, options.LeaseLength, loggers),
            options.MaxConcurrentActivities, time, _changed, logger);
        _dispatch = stopping => Task.WhenAll(
            Task.Run(() => turns.RunAsync(stopping), CancellationToken.None),
            Task.Run(() => activities.RunAsync(stopping), CancellationToken.None));
    }

    /// <summary>The client; it works from the engine's start on.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Opens the database and begins to work.</summary>
    /// <exception cref="IOException">Another process has the database open.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _database.Open(_time.GetUtcNow());
        _stop = new CancellationTokenSource();
        _running = _dispatch(_stop.Token);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Takes no more work and waits for what is running; activities see their token cancelled. When the given token is
    /// cancelled first, what still runs is left behind as after a crash.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stop is null)
            return;
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    /// <summary>The earliest instant in the clock's future at which something is due: a timer or a delayed start.</summary>
    public DateTimeOffset? NextDue() => _instances.NextDue(_time.GetUtcNow());

    /// <summary>What becomes due later than the clock's present instant: the earliest ones, and how many in all.</summary>
    /// <param name="limit">How many to name.</param>
    /// <param name="until">The last instant that is looked at; without one, all time.</param>
    public WaitingTimers Upcoming(int limit, DateTimeOffset? until = null) =>
        WaitingTimers.Read(_database, _time.GetUtcNow(), until ?? DateTimeOffset.MaxValue, limit);

    /// <summary>Completes when nothing is due at the clock's present instant and no turn or activity runs.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var change = _changed.Next;
            if (!_instances.IsBusy(_time.GetUtcNow()))
                return;
            await change.WaitAsync(cancellation);
        }
    }

    /// <summary>The history of an instance's present execution, for tests that replay it.</summary>
    public IReadOnlyList<HistoryEvent> ReadHistory(string instanceId) => _turns.ReadHistory(instanceId);

    /// <summary>Stops if nobody has, and closes the database. An engine is started once; the next one is a new object.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop is { IsCancellationRequested: false })
            await StopAsync(CancellationToken.None);
        _stop?.Dispose();
        _stop = null;
        _database.Dispose();
    }
}
