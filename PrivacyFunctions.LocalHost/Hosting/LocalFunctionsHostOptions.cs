using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>What the local host needs to run an app.</summary>
internal sealed record LocalFunctionsHostOptions
{
    /// <summary>The worker with the app, not started yet.</summary>
    public required IAppWorker Worker { get; init; }

    /// <summary>The app's settings; the environment's come before them.</summary>
    public required IReadOnlyDictionary<string, string?> Settings { get; init; }

    /// <summary>The keys of functions that are not anonymous.</summary>
    public required FunctionKeys Keys { get; init; }

    /// <summary>The clock of the host and the engine, and of the app.</summary>
    public required MovableClock Clock { get; init; }

    /// <summary>Where the process kills itself, if it is to.</summary>
    public CrashDrill Drill { get; init; } = CrashDrill.None;

    /// <summary>The durable engine's SQLite file.</summary>
    public required string EngineDatabase { get; init; }

    /// <summary>The folder that remembers timers.</summary>
    public required string TimersFolder { get; init; }

    /// <inheritdoc cref="Engine.DurableEngineOptions.TimersFireEarlyBy"/>
    public TimeSpan TimersFireEarlyBy { get; init; }

    /// <summary>The port on 127.0.0.1 that serves the app; 0 takes any free one.</summary>
    public required int Port { get; init; }
}
