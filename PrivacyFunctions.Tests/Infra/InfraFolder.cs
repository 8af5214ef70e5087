namespace PrivacyFunctions.Tests.Infra;

/// <summary>Something replaced in one file of infra, to see that it is noticed.</summary>
/// <param name="File">Its path in infra.</param>
internal sealed record Change(string File, string Right, string Wrong);

/// <summary>The files of the repository that say how the app is deployed, as the build copied them beside the tests.</summary>
internal sealed class InfraFolder : IDisposable
{
    private static readonly string Repository = System.IO.Path.Combine(AppContext.BaseDirectory, "Repository");

    private readonly bool isCopy;

    private InfraFolder(string path, bool isCopy) => (Path, this.isCopy) = (path, isCopy);

    public string Path { get; }

    /// <summary>The modules, by their paths in the folder.</summary>
    public IEnumerable<string> Modules => Directory
        .EnumerateFiles(System.IO.Path.Combine(Path, "modules"), "*.bicep", SearchOption.AllDirectories)
        .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'));

    public static string Read(string path) => File.ReadAllText(System.IO.Path.Combine(Repository, path));

    /// <summary>The folder itself, or a copy of it with these changes, which goes when it is disposed of.</summary>
    public static InfraFolder With(params Change[] changes)
    {
        var real = System.IO.Path.Combine(Repository, "infra");
        if (changes.Length == 0) return new(real, isCopy: false);

        var copy = Directory.CreateTempSubdirectory("infra-").FullName;
        foreach (var file in Directory.EnumerateFiles(real, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(copy, System.IO.Path.GetRelativePath(real, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        foreach (var (file, right, wrong) in changes)
        {
            var target = System.IO.Path.Combine(copy, file);
            var text = File.ReadAllText(target);
            Assert.Contains(right, text, StringComparison.Ordinal);
            File.WriteAllText(target, text.Replace(right, wrong, StringComparison.Ordinal));
        }

        return new(copy, isCopy: true);
    }

    public void Dispose()
    {
        if (isCopy) Directory.Delete(Path, recursive: true);
    }
}
