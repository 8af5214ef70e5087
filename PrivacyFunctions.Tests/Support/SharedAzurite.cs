using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Support;

/// <summary>
/// One Azurite for all tests of the process that need storage, started by the first of them and stopped when the process
/// ends. Tests that write use table and container names of their own.
/// </summary>
internal static class SharedAzurite
{
    private static readonly Lazy<Task<AzuriteProcess>> Process = new(StartAsync);

    public static async Task<string> ConnectionStringAsync() => (await Process.Value).ConnectionString;

    private static async Task<AzuriteProcess> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("privacy-functions-tests-");
        var data = DataFolder.Open(folder.FullName);
        var step = new Progress(TextWriter.Null, TimeProvider.System).Begin("Azurite");
        var azurite = await AzuriteProcess.StartAsync(data, AzuriteInstallation.Default, step, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(azurite, data, folder);
        return azurite;
    }

    /// <summary>The event cannot be awaited; the runtime waits for the handler.</summary>
    private static void Stop(AzuriteProcess azurite, DataFolder data, DirectoryInfo folder)
    {
        var stopped = azurite.StopAsync().GetAwaiter().GetResult();
        data.Dispose();
        if (stopped)
            folder.Delete(recursive: true);
    }
}
