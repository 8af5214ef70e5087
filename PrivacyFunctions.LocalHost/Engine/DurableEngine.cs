#pragma warning disable CA1822
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// The embedded durable engine, a store and a dispatcher: it runs orchestrations out of one SQLite file, and the worker runs
/// their code. A crash at any instant loses nothing that a client was told and repeats at most activities that had not been
/// committed. Its clock is the given TimeProvider alone, so a clock that is moved fires timers.
/// </summary>
internal sealed class DurableEngine : IHostedService, IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly Database _database;
    private readonly TurnStore _turnStore;
    private readonly TaskStore _taskStore;
    private readonly TimerStore _timers;
    private readonly WorkQueue _turns = new();
    private readonly WorkQueue _tasks = new();
    private readonly TimerLoop _loop;
    private readonly Func<CancellationToken, Task> _dispatch;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public DurableEngine(DurableEngineOptions options, IDurableWorker worker, TimeProvider time, ILoggerFactory loggers)
    {
        (Options, _time) = (options, time);
        Stopping = _stop.Token;
        _database = new Database(options.DatabasePath) { Committed = Hear };
        _turnStore = new TurnStore(_database, new TurnCommit(new TurnOutcome(options)));
        _taskStore = new TaskStore(_database);
        _timers = new TimerStore(_database);
        Instances = new InstanceStore(_database);
        Purges = new PurgeStore(_database);

        var logger = loggers.CreateLogger<DurableEngine>();
        _loop = new TimerLoop(_timers, _turns, _tasks, time, logger);
        Dispatcher Make(WorkQueue queue, Func<long, CancellationToken, Task> work, int limit) =>
            new(queue, work, limit, options.LeaseLength, time, _loop.Changed, logger);
        var turnWorker = new TurnWorker(_turnStore, worker, options.DefaultVersion, time, loggers);
        var turns = Make(_turns, turnWorker.RunAsync, options.MaxConcurrentTurns);
        var tasks = Make(_tasks, new ActivityWorker(_taskStore, worker, time, loggers).RunAsync, options.MaxConcurrentActivities);
        _dispatch = stopping => Task.WhenAll(
            Task.Run(() => turns.RunAsync(stopping), CancellationToken.None),
            Task.Run(() => tasks.RunAsync(stopping), CancellationToken.None),
            Task.Run(() => _loop.RunAsync(stopping), CancellationToken.None));
    }

    /// <summary>What clients do.</summary>
    internal InstanceStore Instances { get; }

    /// <inheritdoc cref="Instances"/>
    internal PurgeStore Purges { get; }

    /// <summary>Who waits for an instance to move on.</summary>
    internal InstanceWaiters Waiters { get; } = new();

    internal DurableEngineOptions Options { get; }

    /// <summary>Cancelled when the engine is told to stop.</summary>
    internal CancellationToken Stopping { get; }

    /// <summary>The clock's instant.</summary>
    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Opens the database and begins to work.</summary>
    /// <exception cref="IOException">Another process has the database open.</exception>
    /// <exception cref="StartUp.StartUpProblem">Another version of this program has written the database.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        _database.Open(now);
        _turns.Add(_timers.AllDue(now));
        _tasks.Add(_taskStore.All());
        _loop.Begin(now);
        _running = _dispatch(Stopping);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Takes no more work and waits for what is running; turns and activities see their token cancelled. When the given token
    /// is cancelled first, what still runs is left behind as after a crash.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// The earliest instant in the clock's future at which something is due: a timer or a delayed start. A timer that its
    /// orchestrator has cancelled counts until it fires or its instance ends (TimerStore says why).
    /// </summary>
    public DateTimeOffset? NextDue() => _timers.NextDue(Now);

    /// <summary>What becomes due later than the clock's present instant: the earliest ones, and how many in all.</summary>
    /// <param name="limit">How many to name.</param>
    /// <param name="until">The last instant that is looked at; without one, all time.</param>
    public WaitingTimers Upcoming(int limit, DateTimeOffset? until = null) =>
        _timers.Read(Now, until ?? DateTimeOffset.MaxValue, limit);

    /// <summary>Completes when nothing is due at the clock's present instant and no turn or activity runs.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var change = Task.WhenAny(_turns.Emptied.Next, _tasks.Emptied.Next);
            if (_database.Hold(IsIdle))
                return;
            await change.WaitAsync(cancellation);
        }
    }

    /// <summary>The history of an instance's present execution, for tests that replay it.</summary>
    public IReadOnlyList<HistoryEvent> ReadHistory(string instanceId) => _turnStore.ReadHistory(instanceId);

    /// <summary>
    /// Ends as if its process were killed at this instant: what is committed stays, and nothing is committed any more. What still
    /// runs is not waited for, and fails when it comes back. For a drill in a process that has to live on.
    /// </summary>
    /// <param name="atThatInstant">Done while no commit can begin.</param>
    public void EndAsKilled(Action atThatInstant) => _database.Hold(_ =>
    {
        atThatInstant();
        _database.Dispose();
        return true;
    });

    /// <summary>Stops if nobody has, and closes the database. An engine is started once; the next one is a new object.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
            await StopAsync(CancellationToken.None);
        _stop.Dispose();
        _database.Dispose();
    }

    // While no commit can come between, nothing can begin; so both queues, seen empty one after the other, are empty at once.
    // A message stays in its table until the transaction that deletes it also queues what follows from it.
    private bool IsIdle(Connection connection) =>
        _tasks.IsEmpty && _turns.IsEmpty && !TimerStore.IsAnyDue(connection, Now);

    private void Hear(Transaction committed)
    {
        _turns.Add(committed.Woken);
        _tasks.Add(committed.NewTasks);
        if (committed.EarliestLater is { } later)
            _loop.Note(later);
        Waiters.Raise(committed.Moved);
    }
}
