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

    private static string Folders => Path.Combine(Repository.LocalFolder, "tests");

    public static async Task<string> ConnectionStringAsync() => (await Process.Value).ConnectionString;

    private static async Task<AzuriteProcess> StartAsync()
    {
        await SweepAsync();
        var data = DataFolder.Open(Path.Combine(Folders, Guid.NewGuid().ToString("N")));
        var step = new Progress(TextWriter.Null, TimeProvider.System).Begin("Azurite");
        var azurite = await AzuriteProcess.StartAsync(
            data, AzuriteInstallation.Default, step, CancellationToken.None,
            new Dictionary<string, string> { [LighterAzurite.Variable] = LighterAzurite.Options });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => OtherProcess.AskToEnd(azurite.ProcessId);
        return azurite;
    }

    /// <summary>
    /// The test platform kills a process that takes its time to end, so the folders of earlier runs go now; and so does an
    /// Azurite whose tests were killed themselves. A folder in use stays: other tests are running.
    /// </summary>
    private static async Task SweepAsync()
    {
        foreach (var folder in Directory.CreateDirectory(Folders).GetDirectories())
        {
            using var held = FileLock.TryTake(Path.Combine(folder.FullName, "host.lock"));
            if (held is null)
                continue;
            var record = AzuriteRecord.Read(Path.Combine(folder.FullName, "azurite.json"));
            var line = record is null ? null : await OtherProcess.CommandLineAsync(record.ProcessId, CancellationToken.None);
            if (line?.Contains(folder.FullName, StringComparison.Ordinal) is true)
                OtherProcess.AskToEnd(record!.ProcessId); // its folder goes the next time, when it has saved and ended
            else
                folder.Delete(recursive: true);
        }
    }
}
