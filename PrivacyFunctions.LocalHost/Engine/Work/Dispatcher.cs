using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Works off a queue, up to a limit at a time. What cannot be done now (the worker is away, the disk is full) is tried again
/// after a pause; nothing of it has been recorded then.
/// </summary>
internal sealed class Dispatcher(
    WorkQueue queue,
    Func<long, CancellationToken, Task> work,
    int limit,
    TimeSpan pause,
    TimeProvider time,
    Signal retries,
    ILogger logger)
{
    private readonly ConcurrentDictionary<long, Task> _running = new();

    /// <summary>Works until it is told to stop, then waits for what is running.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var change = queue.Changed.Next; // before the look: a change after it must not be slept through
            while (_running.Count < limit && queue.TryTake(out var number))
                Start(number, stopping);
            await change.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running.Values);
    }

    private void Start(long number, CancellationToken stopping)
    {
        // Known as running before it runs: its end removes it.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[number] = RunAsync(number, begin.Task, stopping);
        begin.SetResult();
    }

    private async Task RunAsync(long number, Task begin, CancellationToken stopping)
    {
        await begin;
        long? tryAgainAt = null;
        try
        {
            await work(number, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The engine stops; what was not recorded is done after the next start.
        }
        catch (Exception failure)
        {
            // Neither an orchestrator's nor an activity's exception comes here: only the worker's absence and the engine's own.
            tryAgainAt = time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);
            logger.LogError(failure, "Work could not be done or recorded; it is tried again in {Pause}.", pause);
        }

        _running.TryRemove(number, out _);
        queue.Done(number, tryAgainAt);
        if (tryAgainAt is not null)
            retries.Raise();
    }
}
