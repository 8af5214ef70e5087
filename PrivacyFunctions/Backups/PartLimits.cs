namespace PrivacyFunctions.Backups;

/// <summary>
/// How much one call copies or reads back, so that it ends long before host.json's <c>functionTimeout</c> of half an hour, and
/// one that dies repeats little. A call ends with the chunk that reaches a limit: a file is never cut, however large.
/// </summary>
/// <param name="Records">Rows and files.</param>
/// <param name="Bytes">Of small files and rows as stored, of a large file its length.</param>
internal sealed record PartLimits(int Records, long Bytes)
{
    /// <summary>
    /// At 50 ms for a small file, with eight at a time, a minute; at a hundred times that still within the half hour. A million
    /// files take a hundred calls.
    /// </summary>
    public static PartLimits Ordinary { get; } = new(10_000, 1024L * 1024 * 1024);

    public bool AreReached(long records, long bytes) => records >= Records || bytes >= Bytes;

    /// <summary>How many of the chunks from the first on make a part: at least one, if there is one.</summary>
    public int CountOf(IEnumerable<BackupChunk> chunks)
    {
        var (count, records, bytes) = (0, 0L, 0L);
        foreach (var chunk in chunks)
        {
            (count, records, bytes) = (count + 1, records + chunk.Rows, bytes + chunk.Bytes);
            if (AreReached(records, bytes)) break;
        }

        return count;
    }
}
