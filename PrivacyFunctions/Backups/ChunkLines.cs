namespace PrivacyFunctions.Backups;

/// <summary>The lines of a chunk, one after the other.</summary>
internal readonly struct ChunkLines(ReadOnlyMemory<byte> text)
{
    public int Count => text.Span.Count((byte)'\n');

    /// <summary>Whether any line is as asked.</summary>
    public bool Any(Func<ReadOnlyMemory<byte>, bool> matches)
    {
        for (var rest = text; !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            if (end < 0) throw new InvalidDataException("A backup's chunk ends in the middle of a line.");
            if (matches(rest[..end])) return true;
            rest = rest[(end + 1)..];
        }

        return false;
    }
}
