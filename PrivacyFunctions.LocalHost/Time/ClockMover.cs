namespace PrivacyFunctions.LocalHost.Time;

/// <summary>
/// Moves the clock from stop to stop, so that months pass in seconds and everything happens in the order and at the instants
/// it would have happened at. Nothing waits for real time.
/// </summary>
/// <param name="clock">The clock to move.</param>
/// <param name="followers">Asked for their stops together, and run at each stop in this order.</param>
internal sealed class ClockMover(MovableClock clock, IReadOnlyList<IClockFollower> followers) : IDisposable
{
    private readonly SemaphoreSlim _oneMove = new(1, 1);

    /// <summary>Moves by a span; see <see cref="AdvanceToAsync"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative: the clock never goes back.</exception>
    public Task<IReadOnlyList<DateTimeOffset>> AdvanceAsync(TimeSpan span, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        return MoveAsync(now => now + span, cancellation);
    }

    /// <summary>
    /// Moves to an instant, stopping at everything due before it. Moves run one after another. The target is read when the
    /// move begins; one that lies in the past only lets everybody catch up.
    /// </summary>
    /// <returns>The stops made, the target last.</returns>
    public Task<IReadOnlyList<DateTimeOffset>> AdvanceToAsync(DateTimeOffset target, CancellationToken cancellation = default)
        => MoveAsync(_ => target, cancellation);

    /// <summary>Moves to the first stop there is, and nowhere when nobody waits for anything.</summary>
    public Task<IReadOnlyList<DateTimeOffset>> AdvanceToNextStopAsync(CancellationToken cancellation = default)
        => MoveAsync(now => NextStop(now) ?? now, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _oneMove.Dispose();

    private async Task<IReadOnlyList<DateTimeOffset>> MoveAsync(
        Func<DateTimeOffset, DateTimeOffset> aim, CancellationToken cancellation)
    {
        await _oneMove.WaitAsync(cancellation);
        try
        {
            await CatchUpAsync(cancellation);
            var target = aim(clock.GetUtcNow());
            var stops = new List<DateTimeOffset>();
            DateTimeOffset stop;
            do
            {
                stop = NextStop(clock.GetUtcNow()) is { } next && next < target ? next : target;
                clock.MoveTo(stop);
                stops.Add(stop);
                await CatchUpAsync(cancellation);
            }
            while (stop < target);
            return stops;
        }
        finally
        {
            _oneMove.Release();
        }
    }

    private DateTimeOffset? NextStop(DateTimeOffset now) => followers.Min(follower => follower.NextStop(now));

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        foreach (var follower in followers)
            await follower.CatchUpAsync(cancellation);
    }
}
