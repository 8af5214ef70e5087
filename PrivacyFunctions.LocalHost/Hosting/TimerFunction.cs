using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>
/// One timer function on its schedule. It never overlaps with itself: occurrences that pass while it runs are one run right
/// after, and so are those that the clock jumps over. A failure is logged and the schedule goes on.
/// </summary>
/// <param name="function">The function's name.</param>
/// <param name="schedule">When it is due.</param>
/// <param name="run">Runs it; fails when the function fails.</param>
/// <param name="status">Remembers the schedule; null when it is not monitored.</param>
/// <param name="time">The clock it follows.</param>
/// <param name="logger">Gets its failures.</param>
internal sealed class TimerFunction(
    string function,
    TimerSchedule schedule,
    Func<TimerData, CancellationToken, Task> run,
    TimerStatusFiles? status,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    // Not disposed: a tick may still come in after Dispose, and the semaphore holds nothing that needs it.
    private readonly SemaphoreSlim _oneRun = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private ITimer? _timer;
    private volatile TimerStatus? _now;
    private bool _atStart;
    private bool _pastDue;
    private bool _workerGone;

    /// <summary>The function's name.</summary>
    public string Name => function;

    /// <summary>When it ran last by its schedule; null when it never did.</summary>
    public DateTimeOffset? Last => _now?.Last;

    /// <summary>The next occurrence; null before the start.</summary>
    public DateTimeOffset? Next => _now?.Next;

    /// <summary>Whether the clock may not jump over its occurrences.</summary>
    public bool IsDailyOrRarer => schedule.IsDailyOrRarer;

    /// <summary>Takes up the schedule. An occurrence missed while the host was down runs at once, as past due.</summary>
    public void Start(bool runOnStartup)
    {
        var now = time.GetUtcNow();
        var remembered = status?.Read(function);
        // Another next occurrence than the schedule gives means that the schedule was changed: then nothing was missed.
        var kept = remembered is not null && remembered.Next == schedule.Next(remembered.Last ?? remembered.Updated);
        _now = kept ? remembered : new TimerStatus(null, schedule.Next(now), now);
        if (!kept)
            status?.Write(function, _now!);
        _pastDue = now > _now!.Next;
        _atStart = runOnStartup;
        _timer = time.CreateTimer(_ => _ = FireIfDueAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Wait(), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when it is not due (any more) at the clock's present instant. Never fails.</summary>
    public async Task FireIfDueAsync()
    {
        await _oneRun.WaitAsync();
        try
        {
            if (_now is not { } current || _workerGone || _stopping.IsCancellationRequested)
                return;
            var now = time.GetUtcNow();
            if (!_atStart && now < current.Next)
                return;
            var pastDue = _pastDue;
            (_atStart, _pastDue) = (false, false);
            if (!await RunAsync(pastDue))
                return; // it stays due: the next start makes up for it
            var next = schedule.Next(now);
            _now = new TimerStatus(now, next, now);
            status?.Write(function, _now);
        }
        catch (Exception failure)
        {
            logger.LogError("The run of timer function {Function} failed: {Failure}", function, failure.GetType().Name);
        }
        finally
        {
            if (!_stopping.IsCancellationRequested && !_workerGone)
                _timer?.Change(Wait(), Timeout.InfiniteTimeSpan);
            _oneRun.Release();
        }
    }

    /// <summary>Runs it once beside its schedule, after a run that is under way. Never fails.</summary>
    public async Task FireNowAsync()
    {
        await _oneRun.WaitAsync();
        try
        {
            if (!_stopping.IsCancellationRequested)
                await RunAsync(pastDue: false);
        }
        finally
        {
            _oneRun.Release();
        }
    }

    /// <summary>Cancels a run under way and waits for its end; nothing runs afterwards.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        if (_timer is not null)
            await _timer.DisposeAsync();
        await _oneRun.WaitAsync();
        _oneRun.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _stopping.Dispose();
    }

    /// <returns>Whether it came to its end, well or not: a run that was called off, or whose worker went, does not count.</returns>
    private async Task<bool> RunAsync(bool pastDue)
    {
        var info = new TimerData(new(AdjustForDST: true), status is null ? null : _now?.ToPosition(), pastDue);
        try
        {
            await run(info, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            logger.LogInformation("The host stops and cancelled function {Function}", function);
            return false;
        }
        catch (WorkerGoneException)
        {
            _workerGone = true;
            return false;
        }
        catch (FunctionFailedException)
        {
            // It is in the log: the worker wrote what happened. The schedule goes on.
        }
        catch (Exception failure)
        {
            logger.LogError("The run of timer function {Function} failed: {Failure}", function, failure.GetType().Name);
        }

        return true;
    }

    private TimeSpan Wait()
    {
        var wait = _atStart ? TimeSpan.Zero : _now!.Next - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
    }
}
