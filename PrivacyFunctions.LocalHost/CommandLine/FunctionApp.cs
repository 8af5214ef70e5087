using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>
/// The one place where the sample company and the function host join the local host's ground (data folder, storage, outbox).
/// Disposing stops the app; storage and outbox are still there while it stops.
/// </summary>
internal sealed class FunctionApp : IAsyncDisposable
{
    /// <summary>
    /// Seeds the storage that <paramref name="settings"/> names, then starts the function app on 127.0.0.1, <paramref name="port"/>.
    /// </summary>
    public static async Task<FunctionApp> StartAsync(
        int port, DataFolder data, IReadOnlyDictionary<string, string?> settings, Progress progress, CancellationToken stopping)
    {
        // >>> The lead joins here: SeedAsync(settings["Records:Storage"]), then the engine and the function host.
        await Task.CompletedTask;
        return new FunctionApp();
    }

    /// <summary>Fills the storage behind <paramref name="storage"/> with the sample company; twice is the same as once.</summary>
    public static Task SeedAsync(string storage, CancellationToken stopping) =>
        // >>> The lead joins here: SampleCompany.SeedAsync.
        throw new StartUpProblem("This build has no sample company.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
