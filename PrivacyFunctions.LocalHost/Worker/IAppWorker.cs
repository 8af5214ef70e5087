using Microsoft.Extensions.Configuration;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>Where a worker connects to, and as whom.</summary>
/// <param name="Address">Of the host's protocol endpoint.</param>
/// <param name="WorkerId">The id that it has to show.</param>
/// <param name="Settings">The app's settings.</param>
internal sealed record WorkerConnection(string Address, string WorkerId, IReadOnlyDictionary<string, string?> Settings)
{
    /// <summary>
    /// The largest message that either side takes, in bytes. The worker also sends what an HTTP function returned, and a larger
    /// message than it may send would silence it for ever.
    /// </summary>
    public const int LargestMessage = int.MaxValue;

    /// <summary>The settings with what the environment says instead.</summary>
    public IConfiguration Configuration { get; } =
        new ConfigurationBuilder().AddInMemoryCollection(Settings).AddEnvironmentVariables().Build();
}

/// <summary>Microsoft's worker with the function app in it. Disposing ends it, whatever runs.</summary>
internal interface IAppWorker : IAsyncDisposable
{
    /// <summary>The folder with the app's files, host.json among them.</summary>
    string Folder { get; }

    /// <summary>Completes when the worker has ended, by itself or because it was stopped.</summary>
    Task Ended { get; }

    /// <summary>Starts it; it then connects to the host.</summary>
    /// <exception cref="StartUp.StartUpProblem">It cannot start; the message says why.</exception>
    Task StartAsync(WorkerConnection connection, CancellationToken cancellation);

    /// <summary>Asks it to end and waits for that. The host has stopped to ask anything of it.</summary>
    Task StopAsync(CancellationToken cancellation);

    /// <summary>The address of the worker's own HTTP server, if it is not the one that it tells the host.</summary>
    string? HttpAddress { get; }
}
