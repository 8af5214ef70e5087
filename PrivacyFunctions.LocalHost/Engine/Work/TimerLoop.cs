using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Queues what becomes due of itself: timers, delayed starts, and what is to be tried again. It sleeps until the next instant
/// or a change; what waits in the database holds no thread and no memory here.
/// </summary>
internal sealed class TimerLoop(TimerStore timers, WorkQueue turns, WorkQueue tasks, TimeProvider time, ILogger logger)
{
    // A wall clock can be set while a timer sleeps, so none sleeps longer than this.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMilliseconds(1);

    private readonly Lock _one = new();
    private long _queuedUntil;

    /// <summary>The next instant may be another one now.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Everything until that instant has been queued, by whoever starts the engine.</summary>
    public void Begin(DateTimeOffset now) => _queuedUntil = now.UtcTicks;

    /// <summary>A message was committed that becomes visible at that instant.</summary>
    public void Note(long visibleAt)
    {
        lock (_one)
            _queuedUntil = Math.Min(_queuedUntil, visibleAt - 1);
        Changed.Raise();
    }

    /// <summary>Works until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var change = Changed.Next; // before the look: a change or a move of the clock after it must not be slept through
            var now = time.GetUtcNow();
            DateTimeOffset? wake;
            try
            {
                QueueDue(now);
                wake = Earliest(timers.Next(now), InstantOf(turns.NextRetry, now), InstantOf(tasks.NextRetry, now));
            }
            catch (Exception unavailable)
            {
                logger.LogError(unavailable, "The durable engine's database cannot be read; it is tried again.");
                wake = now + PauseAfterFailure;
            }

            await SleepAsync(change, wake, stopping);
        }
    }

    private void QueueDue(DateTimeOffset now)
    {
        turns.Revive(time.GetTimestamp());
        tasks.Revive(time.GetTimestamp());
        long after;
        lock (_one)
        {
            // Set back with the clock: what lies before the new instant is queued once more, which does no harm.
            after = Math.Min(_queuedUntil, now.UtcTicks);
            _queuedUntil = now.UtcTicks;
        }

        try
        {
            turns.Add(timers.Due(after, now.UtcTicks));
        }
        catch
        {
            lock (_one)
                _queuedUntil = Math.Min(_queuedUntil, after); // what came due in between is still to be queued
            throw;
        }
    }

    private async Task SleepAsync(Task change, DateTimeOffset? until, CancellationToken stopping)
    {
        await using var alarm = time.CreateTimer(
            _ => Changed.Raise(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var now = time.GetUtcNow();
        while (until is not null)
        {
            if (now >= until)
                return;
            alarm.Change(Shorter(until.Value - now, LongestSleep), Timeout.InfiniteTimeSpan);
            var after = time.GetUtcNow();
            if (after - now <= ClockTolerance)
                break;
            now = after; // the clock was moved while the alarm was set
        }

        await change.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private DateTimeOffset? InstantOf(long? timestamp, DateTimeOffset now) =>
        timestamp is { } later ? now + time.GetElapsedTime(time.GetTimestamp(), later) : null;

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> instants)
    {
        DateTimeOffset? earliest = null;
        foreach (var instant in instants)
            earliest = earliest is null || instant < earliest ? instant ?? earliest : earliest;
        return earliest;
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
