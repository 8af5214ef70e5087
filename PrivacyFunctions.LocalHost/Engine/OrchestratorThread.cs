namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// The one thread that an orchestrator runs on during a turn. Continuations queue here and run one after another, in the
/// order in which their tasks completed, so a replay takes the same path. Nothing of it outlives the turn.
/// </summary>
internal sealed class OrchestratorThread : SynchronizationContext
{
    private readonly int _owner = Environment.CurrentManagedThreadId;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

    /// <summary>Whether another thread tried to continue the orchestrator: it awaited a task that is not durable.</summary>
    public bool WasLeft { get; private set; }

    /// <summary>Runs the action and then everything that it set in motion.</summary>
    public void Run(Action action)
    {
        var previous = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
            while (_queue.TryDequeue(out var next))
                next.Callback(next.State);
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    /// <summary>Refuses a call from any other thread.</summary>
    /// <exception cref="InvalidOperationException">The orchestrator left its thread, by Task.Run for example.</exception>
    public void Demand()
    {
        if (Environment.CurrentManagedThreadId != _owner || Current != this)
        {
            throw new InvalidOperationException(
                "An orchestrator's context was called from another thread than the orchestrator's. "
                + "An orchestrator awaits only tasks of its context, without ConfigureAwait(false) and Task.Run.");
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        // The order in which other threads finish differs from run to run, so their continuations never run.
        if (Environment.CurrentManagedThreadId == _owner && Current == this)
            _queue.Enqueue((d, state));
        else
            WasLeft = true;
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state)
    {
        Demand();
        d(state);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
