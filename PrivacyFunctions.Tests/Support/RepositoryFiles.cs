namespace PrivacyFunctions.Tests.Support;

/// <summary>The files of the clone that holds this build, for tests that read sources and documents as they are.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "publish", "TestResults"];
    private static readonly string[] Hidden = [".ci", ".devcontainer", ".github"];

    /// <summary>The top of the clone.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the top, with slashes, of all files with one of these endings; what a build writes is left out.</summary>
    public static IReadOnlyList<string> Ending(params string[] endings) =>
        [.. Under(new(Root))
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];

    /// <summary>What a file says.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<FileInfo> Under(DirectoryInfo folder) => folder.EnumerateFiles().Concat(
        folder.EnumerateDirectories()
            .Where(inner => !NotOurs.Contains(inner.Name) && (inner.Name[0] != '.' || Hidden.Contains(inner.Name)))
            .SelectMany(Under));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PrivacyFunctions.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"{AppContext.BaseDirectory} lies in no clone of the repository.");
    }
}
