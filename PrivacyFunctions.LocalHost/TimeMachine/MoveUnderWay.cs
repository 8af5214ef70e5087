using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>How far a move has come.</summary>
internal sealed class MoveUnderWay(IClockWatcher next, Action<MoveUnderWay> begun) : IClockWatcher
{
    private int _stops;

    /// <summary>Where it goes; UTC.</summary>
    public DateTimeOffset Target { get; private set; }

    /// <summary>How many stops it has made.</summary>
    public int Stops => Volatile.Read(ref _stops);

    /// <inheritdoc/>
    public void Begins(DateTimeOffset now, DateTimeOffset target)
    {
        Target = target;
        next.Begins(now, target);
        begun(this);
    }

    /// <inheritdoc/>
    public void Nears(DateTimeOffset stop) => next.Nears(stop);

    /// <inheritdoc/>
    public void Leaves(DateTimeOffset stop)
    {
        next.Leaves(stop);
        Interlocked.Increment(ref _stops);
    }
}

/// <summary>How a move ended.</summary>
public enum MoveEnding
{
    /// <summary>At its goal.</summary>
    Complete,

    /// <summary>Where somebody stopped it.</summary>
    Stopped,

    /// <summary>Before its goal: it made as many stops as a move may make.</summary>
    TooManyStops,

    /// <summary>By an error, which is in the log.</summary>
    Failed,
}

/// <param name="Stops">How many stops it made.</param>
/// <param name="Ending">How it ended.</param>
public sealed record MoveReport(int Stops, MoveEnding Ending);

/// <summary>What the page shows of a move under way.</summary>
/// <param name="Target">Where it goes, UTC; null while it still waits for what is due at its beginning.</param>
/// <param name="Stops">How many stops it has made.</param>
public sealed record MoveProgress(DateTimeOffset? Target, int Stops);
