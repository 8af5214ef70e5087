using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>
/// Runs one kind of work, up to a limit at a time. It sleeps until a change is signalled or the next instant comes; what
/// waits in the database holds no thread and no memory here.
/// </summary>
internal sealed class Dispatcher<TKey, TLease>(
    IWorker<TKey, TLease> worker, int limit, TimeProvider time, Signal changed, ILogger logger)
    where TKey : notnull
{
    // A wall clock can be set while a timer sleeps, so none sleeps longer than this.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<TKey, Task> _running = new();

    /// <summary>Works until it is told to stop, then waits for what is running.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
                await LookAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop while it slept: the loop's other way out.
        }

        await Task.WhenAll(_running.Values);
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        // Both before the look: a change or a move of the clock after it must not be slept through.
        var change = changed.Next;
        var now = time.GetUtcNow();
        DateTimeOffset? wake;
        try
        {
            if (TryStartMore(now, stopping))
                return;
            wake = _running.Count >= limit ? null : worker.NextWake([.. _running.Keys], now);
        }
        catch (Exception unavailable)
        {
            logger.LogError(unavailable, "The durable engine's database cannot be read; it is tried again.");
            wake = now + PauseAfterFailure;
        }

        await SleepAsync(change, wake, stopping);
    }

    /// <returns>Whether it started something, so that it is worth looking again.</returns>
    private bool TryStartMore(DateTimeOffset now, CancellationToken stopping)
    {
        var free = limit - _running.Count;
        if (free <= 0)
            return false;
        var leases = worker.Lease(free, [.. _running.Keys], now);
        foreach (var lease in leases)
        {
            // Known as running before it runs: its end removes it.
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _running[worker.KeyOf(lease)] = RunAsync(lease, begin.Task, stopping);
            begin.SetResult();
        }

        return leases.Count > 0;
    }

    private async Task RunAsync(TLease lease, Task begin, CancellationToken stopping)
    {
        await begin;
        try
        {
            await worker.RunAsync(lease, stopping);
        }
        catch (Exception failure)
        {
            // Neither an orchestrator's nor an activity's exception comes here, only the engine's own.
            logger.LogError(failure, "Work could not be committed; it is tried again when its lease ends.");
        }
        finally
        {
            _running.TryRemove(worker.KeyOf(lease), out _);
            changed.Raise();
        }
    }

    private async Task SleepAsync(Task change, DateTimeOffset? until, CancellationToken stopping)
    {
        if (until is null)
        {
            await change.WaitAsync(stopping);
            return;
        }

        await using var alarm = time.CreateTimer(_ => changed.Raise(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        DateTimeOffset now;
        do
        {
            now = time.GetUtcNow();
            if (now >= until)
                return;
            alarm.Change(Shorter(until.Value - now, LongestSleep), Timeout.InfiniteTimeSpan);
        }
        while (time.GetUtcNow() - now > ClockTolerance); // the clock was moved while the alarm was set

        await change.WaitAsync(stopping);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
