using System.Buffers.Binary;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>
/// What a power cut does to a SQLite database in WAL mode with synchronous=NORMAL: the last pages of the journal were never
/// written. Only those that no checkpoint has looked at can be lost, for it flushes the journal first; the shared memory file
/// beside the journal, which a killed process leaves, says where they begin.
/// </summary>
internal static class Journal
{
    private const int FileHeader = 32;
    private const int FrameHeader = 24;
    private const int PageSizeAt = 14;
    private const int LastFrameAt = 16;
    private const int LastCheckpointedAt = 128;

    /// <summary>Cuts a random number of bytes off the end.</summary>
    /// <returns>How many.</returns>
    public static long Cut(string database, Random random)
    {
        if (!File.Exists($"{database}-shm") || !File.Exists($"{database}-wal"))
            return 0; // killed before it wrote anything
        var index = File.ReadAllBytes($"{database}-shm");
        var frame = FrameHeader + BinaryPrimitives.ReadUInt16LittleEndian(index.AsSpan(PageSizeAt));
        long PositionAfter(int field) => FileHeader + (BinaryPrimitives.ReadUInt32LittleEndian(index.AsSpan(field)) * (long)frame);

        using var journal = File.Open($"{database}-wal", FileMode.Open);
        var end = Math.Min(PositionAfter(LastFrameAt), journal.Length);
        var kept = random.NextInt64(Math.Min(PositionAfter(LastCheckpointedAt), end), end + 1);
        journal.SetLength(kept);
        return end - kept;
    }
}
