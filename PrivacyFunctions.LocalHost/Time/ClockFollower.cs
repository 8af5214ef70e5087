namespace PrivacyFunctions.LocalHost.Time;

/// <summary>Who has something to do at later instants, as far as a move of the clock must stop for it.</summary>
internal interface IClockFollower
{
    /// <summary>Whether there is a next stop for ever, as for a daily timer.</summary>
    bool IsEndless { get; }

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
    public bool IsEndless => false;

    /// <inheritdoc/>
    public DateTimeOffset? NextStop(DateTimeOffset now) => NextDue() is { } due && due > now ? due : null;

    /// <inheritdoc/>
    public Task CatchUpAsync(CancellationToken cancellation) => WhenIdle(cancellation);
}

/// <summary>Who is told about a move while it goes on. Called one after another; the clock stands still meanwhile.</summary>
internal interface IClockWatcher
{
    /// <summary>Everything due is done, and the move begins.</summary>
    void Begins(DateTimeOffset now, DateTimeOffset target);

    /// <summary>The clock will show this stop next.</summary>
    void Nears(DateTimeOffset stop);

    /// <summary>Everything due at this stop is done.</summary>
    void Leaves(DateTimeOffset stop);
}
