namespace PrivacyFunctions.Tests.Infra;

/// <summary>The files of the repository that say how the app is deployed, as the build copied them beside the tests.</summary>
internal static class InfraFolder
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Repository");

    /// <summary>The Bicep files of infra/, by their paths in it.</summary>
    public static IReadOnlyDictionary<string, string> Bicep { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "infra"), "*.bicep", SearchOption.AllDirectories)
        .ToDictionary(
            file => Path.GetRelativePath(Path.Combine(Root, "infra"), file).Replace('\\', '/'), File.ReadAllText);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
}
