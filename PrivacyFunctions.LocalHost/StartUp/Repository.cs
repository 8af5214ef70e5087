namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>Where this build lives: inside a clone of the repository, or copied somewhere else.</summary>
internal static class Repository
{
    /// <summary>
    /// The git-ignored folder for everything the local host keeps: <c>.local</c> at the top of the clone that holds this
    /// build, wherever it is started from; outside a clone <c>.local</c> in the current folder.
    /// </summary>
    public static string LocalFolder { get; } = Path.Combine(FindRoot() ?? Environment.CurrentDirectory, ".local");

    /// <summary>The top of the clone that holds this build; null outside of a clone.</summary>
    public static string? Root { get; } = FindRoot();

    private static string? FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PrivacyFunctions.sln")))
                return folder.FullName;
        return null;
    }
}
