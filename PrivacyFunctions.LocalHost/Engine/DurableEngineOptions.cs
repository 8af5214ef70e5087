namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>How the engine runs.</summary>
internal sealed record DurableEngineOptions
{
    /// <summary>The SQLite file; made with its folder when it is not there.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>The version of instances that are started without one: host.json's <c>defaultVersion</c>.</summary>
    public string DefaultVersion { get; init; } = "";

    /// <summary>Orchestrator turns at a time; at least 1. Turns are short and use the processor.</summary>
    public int MaxConcurrentTurns { get; init; } = 4;

    /// <summary>Activities at a time; at least 1. Activities mostly wait for others.</summary>
    public int MaxConcurrentActivities { get; init; } = 16;

    /// <summary>
    /// For how long work that could not be done or committed (the worker is away, a full disk) waits before it is tried again.
    /// Work that is running is never taken twice, however long it runs and however far the clock jumps.
    /// </summary>
    public TimeSpan LeaseLength { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// By how much about a quarter of all timers fires before its instant, always the same ones: as the Functions host does
    /// by up to a second, so that a test sees whether the app looks at the clock.
    /// </summary>
    public TimeSpan TimersFireEarlyBy { get; init; } = TimeSpan.Zero;
}
