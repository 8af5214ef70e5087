using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>The app as it goes to Azure: what <c>dotnet publish</c> makes of the build that these tests are part of.</summary>
internal static class PublishedApp
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    /// <summary>The folder with its files; made once for a test run.</summary>
    public static Task<string> FolderAsync() => Published.Value;

    private static async Task<string> PublishAsync()
    {
        // bin/{configuration}/{framework}
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var folder = Path.Combine(Repository.LocalFolder, "published-app");
        var made = await ChildProgram.RunAsync(
            "dotnet",
            ["publish", Path.Combine(Repository.Root!, "PrivacyFunctions"), "--no-build", "-c", configuration, "-o", folder],
            Repository.Root!, CancellationToken.None);
        Assert.True(made.ExitCode == 0, made.Output);
        return folder;
    }
}
