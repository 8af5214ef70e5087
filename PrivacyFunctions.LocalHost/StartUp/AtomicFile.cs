namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>Writes whole files: a reader, or the next start after a kill, finds the old content or the new, never a part.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces or creates <paramref name="path"/>; on Unix only its owner may read it (mode 600).</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var partial = path + ".partial";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(partial, options))
            file.Write(content);
        File.Move(partial, path, overwrite: true);
    }
}
