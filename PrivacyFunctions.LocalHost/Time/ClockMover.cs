namespace PrivacyFunctions.LocalHost.Time;

/// <param name="Stops">Where the clock stopped, the goal last.</param>
/// <param name="IsComplete">False when the move ended before its goal, because it had made as many stops as
/// a move may make.</param>
internal sealed record ClockMove(IReadOnlyList<DateTimeOffset> Stops, bool IsComplete);

/// <summary>
/// Moves the clock from stop to stop, so that months pass in seconds and everything happens in the order and at the instants
/// it would have happened at: the clock stands still at a stop until all that is due there is done. Nothing waits for real
/// time.
/// </summary>
/// <param name="clock">The clock to move.</param>
/// <param name="followers">Asked for their stops together, and run at each stop in this order.</param>
/// <param name="mostStops">After so many a move ends wherever it is, so that it ends even if something waits for a millisecond
/// again and again.</param>
internal sealed class ClockMover(MovableClock clock, IReadOnlyList<IClockFollower> followers, int mostStops = 50_000)
    : IDisposable
{
    private readonly SemaphoreSlim _oneMove = new(1, 1);

    /// <summary>Moves by a span; see <see cref="MoveAsync"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative: the clock never goes back.</exception>
    public async Task<IReadOnlyList<DateTimeOffset>> AdvanceAsync(TimeSpan span, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        return (await MoveAsync(new ClockGoal.By(span), cancellation: cancellation)).Stops;
    }

    /// <summary>Moves to an instant; see <see cref="MoveAsync"/>.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> AdvanceToAsync(
        DateTimeOffset target, CancellationToken cancellation = default) =>
        (await MoveAsync(new ClockGoal.To(target), cancellation: cancellation)).Stops;

    /// <summary>
    /// Moves to a goal, stopping at everything due before it. Moves run one after another. The goal is read when the move
    /// begins. A cancelled move ends at the stop it has reached, and what is due there goes on by itself.
    /// </summary>
    public async Task<ClockMove> MoveAsync(
        ClockGoal goal, IClockWatcher? watcher = null, CancellationToken cancellation = default)
    {
        await _oneMove.WaitAsync(cancellation);
        try
        {
            using var still = clock.Hold();
            await CatchUpAsync(cancellation);
            return await FollowAsync(goal, watcher, cancellation);
        }
        finally
        {
            _oneMove.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneMove.Dispose();

    private async Task<ClockMove> FollowAsync(ClockGoal goal, IClockWatcher? watcher, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var target = goal.Target(now, NextStop(now));
        watcher?.Begins(now, target);
        var stops = new List<DateTimeOffset>();
        while (stops.Count < mostStops)
        {
            if (goal is ClockGoal.End && !SomethingComesToItsEnd(now))
                return new(stops, IsComplete: true);
            var stop = NextStop(now) is { } next && next < target ? next : target;
            watcher?.Nears(stop);
            clock.MoveTo(stop);
            stops.Add(stop);
            await CatchUpAsync(cancellation);
            watcher?.Leaves(stop);
            if (stop == target)
                return new(stops, IsComplete: true);
            now = stop;
            cancellation.ThrowIfCancellationRequested();
        }

        return new(stops, IsComplete: false);
    }

    private DateTimeOffset? NextStop(DateTimeOffset now) => followers.Min(follower => follower.NextStop(now));

    private bool SomethingComesToItsEnd(DateTimeOffset now) =>
        followers.Any(follower => !follower.IsEndless && follower.NextStop(now) is not null);

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        foreach (var follower in followers)
            await follower.CatchUpAsync(cancellation);
    }
}
