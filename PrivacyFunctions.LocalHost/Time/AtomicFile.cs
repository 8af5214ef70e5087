namespace PrivacyFunctions.LocalHost.Time;

/// <summary>Small state files that are either the old or the new text after a crash, never half of one.</summary>
internal static class AtomicFile
{
    /// <summary>The file's text; null when there is none.</summary>
    public static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>Replaces the file, which is on the disk when this returns. One writer at a time per path.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var next = path + ".next";
        using (var stream = File.Create(next))
        {
            using var writer = new StreamWriter(stream);
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
