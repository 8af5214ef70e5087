using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>A data folder with the sample company in it, made once for a test run; every local host starts on a copy.</summary>
internal static class SeededFolder
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(2);
    private static readonly Lazy<Task<string>> Original = new(MakeAsync);

    private static string Folders => Path.Combine(Repository.LocalFolder, "scenarios");

    /// <summary>A copy of its own for one host.</summary>
    public static async Task<string> CopyAsync()
    {
        var original = await Original.Value;
        var copy = Path.Combine(Folders, Guid.NewGuid().ToString("N"));
        foreach (var file in Directory.EnumerateFiles(original, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    private static async Task<string> MakeAsync()
    {
        Sweep();
        var path = Path.Combine(Folders, $"seeded-{Guid.NewGuid():N}");
        using (var data = DataFolder.Open(path))
        {
            var step = new Progress(TextWriter.Null, TimeProvider.System).Begin("Azurite");
            await using var azurite = await AzuriteProcess.StartAsync(data, AzuriteInstallation.Default, step, CancellationToken.None);
            await SampleCompany.SeedAsync(
                new TableServiceClient(azurite.ConnectionString), new BlobServiceClient(azurite.ConnectionString),
                DateOnly.FromDateTime(DateTime.UtcNow), null, CancellationToken.None);
        }

        File.Delete(Path.Combine(path, "host.lock"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(path, recursive: true);
        return path;
    }

    // A run that was killed leaves its folders; one that is going on has young ones.
    private static void Sweep()
    {
        foreach (var folder in Directory.CreateDirectory(Folders).GetDirectories())
            if (folder.CreationTimeUtc < DateTime.UtcNow - Abandoned)
                folder.Delete(recursive: true);
    }
}
