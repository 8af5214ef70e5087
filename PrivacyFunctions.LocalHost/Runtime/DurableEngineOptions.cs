namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>How the engine runs.</summary>
internal sealed record DurableEngineOptions
{
    /// <summary>The SQLite file; made with its folder when it is not there.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>Orchestrator turns at a time; at least 1. Turns are short and use the processor.</summary>
    public int MaxConcurrentTurns { get; init; } = 4;

    /// <summary>Activities at a time; at least 1. Activities mostly wait for others.</summary>
    public int MaxConcurrentActivities { get; init; } = 16;

    /// <summary>
    /// For how long work that this process took and could not commit (a full disk, say) waits before it is tried again.
    /// Work that is running is never taken twice, however long it runs and however far the clock jumps.
    /// </summary>
    public TimeSpan LeaseLength { get; init; } = TimeSpan.FromSeconds(30);
}
