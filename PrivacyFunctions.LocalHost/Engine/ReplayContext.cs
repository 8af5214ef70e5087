using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// The context that an orchestrator sees during one turn. It turns calls into decisions and history into completed tasks;
/// it does no I/O and reads no clock.
/// </summary>
internal sealed class ReplayContext(
    string instanceId, ExecutionStarted start, OrchestratorThread thread, DataConverter converter, ILoggerFactory loggers)
    : TaskOrchestrationContext
{
    private const int LongestCustomStatus = 16 * 1024 / sizeof(char);

    private readonly SortedDictionary<int, Decision> _unrecorded = [];
    private readonly Dictionary<int, IOpenTask> _open = [];
    private readonly List<int> _cancelledTimers = [];
    private readonly ExternalEvents _events = new(converter);
    private string? _nextInput;
    private bool _continuesAsNew;
    private DateTime _now;
    private bool _isReplaying;
    private int _nextId;
    private int _nextGuid;

    public override TaskName Name => start.Name;

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent =>
        start.Caller is { } caller ? new(caller.Name, caller.InstanceId) : null;

    public override string Version => start.Version;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _isReplaying;

    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>Decisions of this turn, ordered by id; those of replayed turns have all been matched.</summary>
    internal IReadOnlyList<Decision> NewDecisions => [.. _unrecorded.Values];

    /// <summary>Timers of earlier turns that this turn cancelled.</summary>
    internal IReadOnlyList<int> CancelledTimers => _cancelledTimers;

    /// <summary>The custom status in JSON.</summary>
    internal string? CustomStatus { get; private set; } = start.CustomStatus;

    /// <summary>The execution that is to follow when this one's code has ended, if it asked for one.</summary>
    internal NextExecution? Next => _continuesAsNew ? new(_nextInput, CustomStatus, _events.Kept) : null;

    /// <summary>Whether an activity, a sub-orchestration or a timer is outstanding.</summary>
    internal bool HasOpenTasks => _open.Count > 0;

    /// <summary>Whether an external event is awaited.</summary>
    internal bool AwaitsEvents => _events.AreAwaited;

    public override T? GetInput<T>()
        where T : default => converter.Deserialize<T>(start.Input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        thread.Demand();
        RefuseMisplacedOptions(input, options);
        var json = converter.Serialize(input);
        return Retries.RunAsync(this, options?.Retry, () => Call<TResult>(name, id => new TaskScheduled(id, name.Name, json)));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        thread.Demand();
        RefuseMisplacedOptions(input, options);
        var child = options as SubOrchestrationOptions;
        var childId = child?.InstanceId ?? NewGuid().ToString("N");
        var version = child?.Version?.Version ?? string.Empty;
        var json = converter.Serialize(input);
        return Retries.RunAsync(this, options?.Retry, () => Call<TResult>(
            orchestratorName, id => new SubOrchestrationCreated(id, orchestratorName.Name, childId, version, json)));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        thread.Demand();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);

        var due = fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        var id = _nextId;
        var fired = Call<object?>("timer", next => new TimerCreated(next, due));
        cancellationToken.Register(() => CancelTimer(id, cancellationToken));
        return fired;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        thread.Demand();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return _events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        thread.Demand();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var id = _nextId++;
        _unrecorded.Add(id, new EventSent(id, instanceId, eventName, converter.Serialize(payload)));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        thread.Demand();
        var json = converter.Serialize(customStatus);
        if (json?.Length > LongestCustomStatus)
            throw new ArgumentException("A custom status is at most 16 KB of UTF-16 text in JSON.", nameof(customStatus));
        CustomStatus = json;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        thread.Demand();
        _nextInput = converter.Serialize(newInput);
        _continuesAsNew = true;
        _events.KeepForTheNext(withEarlier: preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        thread.Demand();
        return DeterministicGuid.Create(instanceId, start.ExecutionId, _nextGuid++);
    }

    /// <summary>Begins a turn: sets the clock. The turn before must have taken no decision that its history lacks.</summary>
    internal void BeginTurn(DateTime at, bool replaying)
    {
        DemandAllRecorded();
        (_now, _isReplaying) = (at, replaying);
    }

    /// <summary>Refuses decisions of replayed turns that the history does not have.</summary>
    internal void DemandAllRecorded()
    {
        foreach (var (id, decision) in _unrecorded)
            throw new NonDeterminismException(start.Name, id, expected: null, found: decision.Describe());
    }

    /// <summary>Matches a recorded decision with the one that the code has taken again.</summary>
    internal void Match(Decision recorded)
    {
        _unrecorded.Remove(recorded.Id, out var taken);
        NonDeterminismException.ThrowUnlessSame(start.Name, recorded, taken);
    }

    /// <summary>Completes an open task; an id that is not open (a late or repeated message) is ignored.</summary>
    internal void Complete(int id, string? json)
    {
        if (_open.Remove(id, out var task))
            task.Complete(json);
    }

    /// <inheritdoc cref="Complete"/>
    internal void Fail(int id, string message)
    {
        if (_open.Remove(id, out var task))
            task.Fail(message);
    }

    /// <summary>Delivers or keeps an external event.</summary>
    internal void Raise(EventRaised raised) => _events.Raise(raised);

    private Task<T> Call<T>(TaskName name, Func<int, Decision> decide)
    {
        var id = _nextId++;
        var task = new OpenTask<T>(name.Name, id, converter);
        _open.Add(id, task);
        _unrecorded.Add(id, decide(id));
        return task.Task;
    }

    private void CancelTimer(int id, CancellationToken cancellation)
    {
        thread.Demand();
        if (!_open.Remove(id, out var timer))
            return;

        // One that was created in this very turn has not been recorded and never will be; a replay does the same.
        if (!_unrecorded.Remove(id) && !_isReplaying)
            _cancelledTimers.Add(id);
        timer.Cancel(cancellation);
    }

    private static void RefuseMisplacedOptions(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
            throw new ArgumentException("Options were given as the input; name the parameter: options.", nameof(input));
    }
}
