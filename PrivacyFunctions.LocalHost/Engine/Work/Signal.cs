namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Tells everybody who waits that something changed. Take <see cref="Next"/> before looking: a change after the look
/// completes it, so none is missed.
/// </summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = Make();

    /// <summary>Completes at the next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Something changed.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, Make()).SetResult();

    private static TaskCompletionSource Make() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
