using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A data folder with the sample company in it, made once for a test run, which holds its lock; every local host starts on a
/// copy.
/// </summary>
internal static class SeededFolder
{
    private const string LockName = "host.lock";
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<DataFolder>> Original = new(MakeAsync);

    private static string Folders => Path.Combine(Repository.LocalFolder, "scenarios");

    /// <summary>A copy of its own for one host.</summary>
    public static async Task<string> CopyAsync()
    {
        var original = (await Original.Value).Root;
        var copy = Path.Combine(Folders, Guid.NewGuid().ToString("N"));
        foreach (var file in Directory.EnumerateFiles(original, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(original, file);
            if (name == LockName)
                continue;
            var target = Path.Combine(copy, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>An empty one for one host.</summary>
    public static string Empty() => Directory.CreateDirectory(Path.Combine(Folders, Guid.NewGuid().ToString("N"))).FullName;

    private static async Task<DataFolder> MakeAsync()
    {
        await SweepAsync();
        var data = DataFolder.Open(Path.Combine(Folders, $"seeded-{Guid.NewGuid():N}"));
        var step = new Progress(TextWriter.Null, TimeProvider.System).Begin("Azurite");
        await using var azurite = await AzuriteProcess.StartAsync(data, AzuriteInstallation.Default, step, CancellationToken.None);
        await SampleCompany.SeedAsync(
            new TableServiceClient(azurite.ConnectionString), new BlobServiceClient(azurite.ConnectionString),
            DateOnly.FromDateTime(DateTime.UtcNow), null, CancellationToken.None);
        return data;
    }

    /// <summary>
    /// Removes what earlier runs left, which may have been killed at any moment. A folder in use stays, and so does a young one:
    /// a copy is not locked before its host has started, nor between a host's death and its next start.
    /// </summary>
    private static async Task SweepAsync()
    {
        var folders = Directory.CreateDirectory(Folders);
        using var sweeping = FileLock.TryTake(Path.Combine(Folders, "sweep.lock"));
        if (sweeping is null)
            return; // other tests, which began at the same time, do it
        foreach (var folder in folders.GetDirectories())
            if (folder.CreationTimeUtc < DateTime.UtcNow - Young && await IsLeftAsync(folder))
                folder.Delete(recursive: true);
    }

    private static async Task<bool> IsLeftAsync(DirectoryInfo folder)
    {
        using var held = FileLock.TryTake(Path.Combine(folder.FullName, LockName));
        if (held is null)
            return false;
        var record = AzuriteRecord.Read(Path.Combine(folder.FullName, "azurite.json"));
        var line = record is null ? null : await OtherProcess.CommandLineAsync(record.ProcessId, CancellationToken.None);
        if (line?.Contains(folder.FullName, StringComparison.Ordinal) is not true)
            return true;
        OtherProcess.AskToEnd(record!.ProcessId); // its folder goes the next time, when it has saved and ended
        return false;
    }
}
