using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>
/// What an orchestrator may do. The orchestrator is replayed from its history after every wait, so all that it reads and
/// decides on comes from here, and every member is called on the orchestrator's own thread.
/// </summary>
/// <remarks>Inputs, outputs, event payloads and custom status are stored as readable text: ids only, no personal data.</remarks>
public abstract class TaskOrchestrationContext
{
    private ReplaySafeLogging? _replaySafe;

    /// <summary>The orchestrator's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The instance's id.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The calling orchestration; <c>null</c> for one that a client started.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The turn's instant (kind UTC), the same in every replay.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether the code now runs over events that an earlier turn has already seen.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>The version given at the start; empty when none was given, and always empty on the Functions host.</summary>
    public virtual string Version => string.Empty;

    /// <summary>A logger factory whose loggers are silent while replaying.</summary>
    public virtual ILoggerFactory ReplaySafeLoggerFactory => _replaySafe ??= new(this, LoggerFactory);

    /// <summary>The factory behind <see cref="ReplaySafeLoggerFactory"/>.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The input given at the start.</summary>
    public abstract T? GetInput<T>();

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) =>
        CallActivityAsync<TResult>(name, null, options);

    /// <summary>Runs an activity, at least once: it may run again after a crash.</summary>
    /// <exception cref="TaskFailedException">It failed, after its retries if it had any.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CreateTimer(DateTime, CancellationToken)"/>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>A durable timer. Cancel one that is no longer awaited: the instance stays Running until it has fired.</summary>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for an event of that name, whatever its case. Events that nobody awaits are kept, and one event completes one
    /// waiter: of several, the one that began to wait last.
    /// </summary>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="WaitForExternalEvent{T}(string, TimeSpan, CancellationToken)"/>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) =>
        WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>Waits for an event, but not longer than the time given.</summary>
    /// <exception cref="OperationCanceledException">The time was over first, or the token was cancelled.</exception>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var stopTimer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = CreateTimer(timeout, stopTimer.Token);

        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrival = WaitForExternalEvent<T>(eventName, stopWaiting.Token);

        // Whoever loses is cancelled: a timer would keep the instance alive, a waiter would take a later event.
        // Cancel, not CancelAsync: its continuations must run here, on the orchestrator's thread.
        var winner = await Task.WhenAny(timer, arrival);
        var loser = winner == arrival ? stopTimer : stopWaiting;
#pragma warning disable CA1849
        loser.Cancel();
#pragma warning restore CA1849
        return await arrival;
    }

    /// <summary>Sends an event to another instance; one that does not exist or has finished never sees it.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Sets the status that queries show, at most 16 KB of UTF-16 text; <c>null</c> clears it.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync(orchestratorName, null, options);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        CallSubOrchestratorAsync<object>(orchestratorName, input, options);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <summary>Runs another orchestrator as an instance of its own; <see cref="SubOrchestrationOptions"/> give its id.</summary>
    /// <exception cref="TaskFailedException">It failed or was terminated, after its retries if it had any.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    /// <summary>
    /// Restarts the instance with another input and an empty history as soon as the orchestrator returns, which it should do
    /// at once, and nothing that it called is outstanding. Its output is dropped; the instance never shows as finished.
    /// </summary>
    /// <param name="newInput">The input of the new execution.</param>
    /// <param name="preserveUnprocessedEvents">Whether events that came and that nobody has awaited are kept for the new
    /// execution.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>A new UUID, the same in every replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that is silent while replaying.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) => ReplaySafeLoggerFactory.CreateLogger(categoryName);

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public virtual ILogger CreateReplaySafeLogger(Type type) => ReplaySafeLoggerFactory.CreateLogger(type);

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public virtual ILogger CreateReplaySafeLogger<T>() => ReplaySafeLoggerFactory.CreateLogger<T>();
}
