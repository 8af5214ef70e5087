namespace PrivacyFunctions.LocalHost.Time;

/// <summary>
/// Real time plus an offset that outlives the process. Once begun it only moves forward. Everything that takes its time here
/// (timers, <see cref="Task.Delay(TimeSpan, TimeProvider)"/>, time stamps) lives through a move as if the time had passed.
/// </summary>
/// <remarks>UTC; the local time zone is the system's. Safe for concurrent use.</remarks>
internal sealed class MovableClock : TimeProvider
{
    private const long Flowing = 0;

    private readonly TimeProvider _real;
    private readonly string _path;
    private readonly Lock _moving = new();
    private readonly HashSet<MovableTimer> _running = [];
    private long _offset;
    private long _held = Flowing;
    private long _steps;

    /// <param name="path">The file that keeps the offset; see <see cref="ClockFile"/>.</param>
    /// <param name="real">The time underneath; the system's unless given.</param>
    /// <exception cref="InvalidDataException">The file holds something else than an offset.</exception>
    public MovableClock(string path, TimeProvider? real = null)
    {
        _path = path;
        _real = real ?? System;
        var kept = ClockFile.Read(path);
        (_offset, Began) = (kept.Offset.Ticks, kept.Began);
    }

    /// <summary>How far this clock is ahead of real time; negative when it is behind.</summary>
    public TimeSpan Offset => GetUtcNow() - _real.GetUtcNow();

    /// <summary>The instant that <see cref="BeginAt"/> set it to, in this run or an earlier one; null when it began at real
    /// time.</summary>
    public DateTimeOffset? Began { get; private set; }

    /// <summary>Told whenever the clock is moved, stopped or let go: how far it is ahead of real time, and the instant at which
    /// it stands still (both in ticks; 0 when it flows). Called at once with what is so now.</summary>
    public Action<long, long>? Watcher
    {
        get;
        set
        {
            lock (_moving)
            {
                field = value;
                Tell();
            }
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        while (true)
        {
            var (held, offset) = (Interlocked.Read(ref _held), Interlocked.Read(ref _offset));
            if (held != Flowing)
                return new DateTimeOffset(held, TimeSpan.Zero);
            var now = _real.GetUtcNow() + new TimeSpan(offset);
            // Stopped in between, it shows the instant of the stop and nobody gets a later one.
            if (Interlocked.Read(ref _held) == Flowing && Interlocked.Read(ref _offset) == offset)
                return now;
        }
    }

    /// <summary>Elapsed time in ticks of 100 ns, moves included; never decreases, and never stands still.</summary>
    public override long GetTimestamp() => _real.GetElapsedTime(0, _real.GetTimestamp()).Ticks + Interlocked.Read(ref _steps);

    /// <summary>Sets the clock before anything has happened by it, forward or back.</summary>
    public void BeginAt(DateTimeOffset instant)
    {
        lock (_moving)
        {
            Began = instant;
            Keep(instant - _real.GetUtcNow());
            Tell();
        }
    }

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
            Keep(Offset + step);
            if (_held != Flowing)
                Interlocked.Exchange(ref _held, instant.UtcTicks);
            Interlocked.Add(ref _steps, step.Ticks);
            Tell();
            timers = [.. _running];
        }

        foreach (var timer in timers)
            timer.Arm();
    }

    /// <summary>
    /// Lets the clock stand still until the result is disposed, so that what happens at an instant sees that instant, however
    /// long it takes. <see cref="MoveTo"/> still moves it. Timers run on: who waits a second for a mail server gets on.
    /// </summary>
    /// <exception cref="InvalidOperationException">It stands still already.</exception>
    public IDisposable Hold()
    {
        lock (_moving)
        {
            if (_held != Flowing)
                throw new InvalidOperationException("The clock stands still already.");
            Interlocked.Exchange(ref _held, GetUtcNow().UtcTicks);
            Tell();
            return new Stand(this);
        }
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

    private void Release()
    {
        lock (_moving)
        {
            if (_held == Flowing)
                return;
            var offset = Offset;
            try
            {
                Keep(offset);
            }
            finally
            {
                // Also when the disk is full: a clock that stands still for ever would stop everything else.
                Interlocked.Exchange(ref _offset, offset.Ticks);
                Interlocked.Exchange(ref _held, Flowing); // after the offset, so that nobody sees another instant in between
                Tell();
            }
        }
    }

    private void Keep(TimeSpan offset)
    {
        new ClockFile(offset, Began).Write(_path);
        Interlocked.Exchange(ref _offset, offset.Ticks);
    }

    private void Tell() => Watcher?.Invoke(Interlocked.Read(ref _offset), Interlocked.Read(ref _held));

    private sealed class Stand(MovableClock clock) : IDisposable
    {
        public void Dispose() => clock.Release();
    }
}
