namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>The full path of a program by its bare name, or null when this machine does not have it.</summary>
internal delegate string? FindExecutable(string name);

internal static class Executables
{
    // npm is a .cmd on Windows.
    private static readonly string[] Endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    /// <summary>Looks in the folders of PATH, in their order.</summary>
    public static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Endings.Select(ending => Path.Combine(folder, name + ending)))
            .FirstOrDefault(File.Exists);
}
