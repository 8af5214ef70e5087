namespace PrivacyFunctions.LocalHost.Time;

/// <summary>
/// A timer of a <see cref="MovableClock"/>: due at an instant of that clock, however it is reached. A periodic timer fires
/// once for all the periods that one move jumps over.
/// </summary>
internal sealed class MovableTimer : ITimer
{
    // The system's timers hold at most 49 days; a longer wait is made of pieces.
    private static readonly TimeSpan LongestPiece = TimeSpan.FromDays(24);

    private readonly MovableClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly Lock _changing = new();
    private readonly ITimer _real;
    private long? _due;
    private TimeSpan _period;
    private bool _disposed;

    public MovableTimer(MovableClock clock, TimeProvider real, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _real = real.CreateTimer(
            static self => ((MovableTimer)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_changing)
        {
            if (_disposed)
                return false;
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetTimestamp() + dueTime.Ticks;
            _period = period;
            _clock.Track(this, waiting: _due is not null);
        }

        Arm();
        return true;
    }

    /// <summary>Sets the timer underneath to what is left of the wait at the clock's present instant.</summary>
    public void Arm()
    {
        // One lock over reading the clock and setting the timer: else a move between the two could be overwritten by the
        // longer wait that was read before it.
        lock (_changing)
        {
            if (_disposed)
                return;
            if (_due is not { } due)
            {
                _real.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }

            var left = due - _clock.GetTimestamp();
            if (left <= 0)
            {
                // Not through the timer underneath: it need not notice a move, and its callback may run within the call.
                ThreadPool.UnsafeQueueUserWorkItem(static self => self.Tick(), this, preferLocal: false);
                return;
            }

            // Rounded up, because the system's timers count whole milliseconds and would come back too early.
            var piece = Math.Min(Math.Ceiling(new TimeSpan(left).TotalMilliseconds), LongestPiece.TotalMilliseconds);
            _real.Change(TimeSpan.FromMilliseconds(piece), Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_changing)
        {
            _disposed = true;
            _due = null;
            _clock.Track(this, waiting: false);
        }

        _real.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Tick()
    {
        bool fires;
        lock (_changing)
        {
            if (_due is not { } due)
                return;
            var now = _clock.GetTimestamp();
            fires = due <= now;
            if (fires)
            {
                _due = _period <= TimeSpan.Zero ? null
                    : due + _period.Ticks > now ? due + _period.Ticks
                    : now + _period.Ticks;
                _clock.Track(this, waiting: _due is not null);
            }
        }

        if (fires)
            _callback(_state);
        Arm();
    }
}
