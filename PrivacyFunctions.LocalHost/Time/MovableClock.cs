using System.Globalization;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Time;

/// <summary>
/// Real time plus an offset that only grows and outlives the process. Everything that takes its time here (timers,
/// <see cref="Task.Delay(TimeSpan, TimeProvider)"/>, time stamps) lives through a move as if the time had passed.
/// </summary>
/// <remarks>UTC; the local time zone is the system's. Safe for concurrent use.</remarks>
internal sealed class MovableClock : TimeProvider
{
    private readonly TimeProvider _real;
    private readonly string _path;
    private readonly Lock _moving = new();
    private readonly HashSet<MovableTimer> _running = [];
    private long _offset;

    /// <param name="path">The file that keeps the offset, in ticks of 100 ns.</param>
    /// <param name="real">The time underneath; the system's unless given.</param>
    /// <exception cref="InvalidDataException">The file holds something else than an offset.</exception>
    public MovableClock(string path, TimeProvider? real = null)
    {
        _path = path;
        _real = real ?? System;
        if (AtomicFile.Read(path) is not { } text)
            return;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _offset))
            throw new InvalidDataException($"The clock's file {path} holds no offset; delete it to return to real time.");
    }

    /// <summary>How far this clock is ahead of real time.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref _offset));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _real.GetUtcNow() + Offset;

    /// <summary>Elapsed time in ticks of 100 ns, moves included; never decreases.</summary>
    public override long GetTimestamp() => _real.GetElapsedTime(0, _real.GetTimestamp()).Ticks + Interlocked.Read(ref _offset);

    /// <summary>Moves the clock so that it shows at least <paramref name="instant"/>. A past instant moves nothing.</summary>
    /// <remarks>The offset is on the disk before anybody sees the new time, so that a restart never goes back in time.
    /// Timers that become due fire at once.</remarks>
    public void MoveTo(DateTimeOffset instant)
    {
        MovableTimer[] timers;
        lock (_moving)
        {
            var step = instant - GetUtcNow();
            if (step <= TimeSpan.Zero)
                return;
            var offset = Offset + step;
            AtomicFile.Write(_path, offset.Ticks.ToString(CultureInfo.InvariantCulture));
            Interlocked.Exchange(ref _offset, offset.Ticks);
            timers = [.. _running];
        }

        foreach (var timer in timers)
            timer.Arm();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, _real, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Keeps a waiting timer in reach of <see cref="MoveTo"/>; one that waits for nothing is let go.</summary>
    internal void Track(MovableTimer timer, bool waiting)
    {
        lock (_moving)
        {
            if (waiting)
                _running.Add(timer);
            else
                _running.Remove(timer);
        }
    }
}
