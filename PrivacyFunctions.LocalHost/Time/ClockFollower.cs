namespace PrivacyFunctions.LocalHost.Time;

/// <summary>Who has something to do at later instants, as far as a move of the clock must stop for it.</summary>
internal interface IClockFollower
{
    /// <summary>The earliest instant after <paramref name="now"/> that the clock may not jump over; null when there is
    /// none.</summary>
    DateTimeOffset? NextStop(DateTimeOffset now);

    /// <summary>Completes when all that is due at the clock's present instant is done.</summary>
    Task CatchUpAsync(CancellationToken cancellation);
}

/// <summary>A follower made of two functions; the durable engine is one (<c>NextDue</c>, <c>WhenIdleAsync</c>).</summary>
/// <param name="NextDue">The earliest instant at which something waits.</param>
/// <param name="WhenIdle">Completes when nothing that is due is left.</param>
internal sealed record ClockFollower(Func<DateTimeOffset?> NextDue, Func<CancellationToken, Task> WhenIdle) : IClockFollower
{
    /// <inheritdoc/>
    public DateTimeOffset? NextStop(DateTimeOffset now) => NextDue() is { } due && due > now ? due : null;

    /// <inheritdoc/>
    public Task CatchUpAsync(CancellationToken cancellation) => WhenIdle(cancellation);
}
