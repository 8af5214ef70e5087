using System.Buffers.Binary;

namespace PrivacyFunctions.Exports;

/// <summary>
/// The directory at the end of a ZIP (APPNOTE 6.3, 4.3.12 to 4.3.16) that was written in several goes: each go writes an archive
/// of its own, whose entries stay where they are and whose directory is moved to the end of them all, with its places shifted.
/// </summary>
internal sealed class ZipDirectory(Stream target, long start)
{
    private const uint EntrySignature = 0x02014b50;
    private const int FixedPart = 46;
    private const int VersionNeeded = 6;
    private const int CompressedSize = 20;
    private const int Size = 24;
    private const int NameLength = 28;
    private const int ExtraLength = 30;
    private const int CommentLength = 32;
    private const int Offset = 42;
    private const ushort Zip64Extra = 1;
    private const ushort Zip64Version = 45;

    private long _written;
    private long _entries;

    /// <summary>Adds the entries of a go.</summary>
    /// <param name="directory">What the archive of the go wrote after its last entry.</param>
    /// <param name="shift">Where the go begins in the whole.</param>
    /// <exception cref="InvalidDataException">It is no directory.</exception>
    public void Add(ReadOnlySpan<byte> directory, long shift)
    {
        var rest = directory;
        while (rest.Length >= FixedPart && Read32(rest, 0) == EntrySignature)
        {
            var (name, extra) = (Read16(rest, NameLength), Read16(rest, ExtraLength));
            var length = FixedPart + name + extra + Read16(rest, CommentLength);
            if (rest.Length < length) break;
            AddEntry(rest[..length], name, extra, shift);
            rest = rest[length..];
        }

        if (rest.Length < 4 || Read32(rest, 0) == EntrySignature)
            throw new InvalidDataException("A part of a package ends in the middle of its directory.");
    }

    /// <summary>Ends the archive. Beyond 65,535 entries, or four gigabytes, it is a ZIP64.</summary>
    public void End()
    {
        if (_entries > ushort.MaxValue || start + _written >= uint.MaxValue) EndZip64();
        var end = new byte[22];
        Write32(end, 0, 0x06054b50);
        Write16(end, 8, (ushort)Math.Min(_entries, ushort.MaxValue));
        Write16(end, 10, (ushort)Math.Min(_entries, ushort.MaxValue));
        Write32(end, 12, (uint)Math.Min(_written, uint.MaxValue));
        Write32(end, 16, (uint)Math.Min(start, uint.MaxValue));
        target.Write(end);
    }

    private void EndZip64()
    {
        var end = new byte[56 + 20];
        Write32(end, 0, 0x06064b50);
        Write64(end, 4, 56 - 12); // what follows this field
        Write16(end, 12, Zip64Version);
        Write16(end, 14, Zip64Version);
        Write64(end, 24, _entries);
        Write64(end, 32, _entries);
        Write64(end, 40, _written);
        Write64(end, 48, start);
        Write32(end, 56, 0x07064b50);
        Write64(end, 56 + 8, start + _written);
        Write32(end, 56 + 16, 1);
        target.Write(end);
    }

    private void AddEntry(ReadOnlySpan<byte> entry, int nameLength, int extraLength, long shift)
    {
        var extra = entry.Slice(FixedPart + nameLength, extraLength);
        var wide = Zip64Of(extra);
        var size = Wide(entry, Size, ref wide);
        var compressed = Wide(entry, CompressedSize, ref wide);
        var offset = Wide(entry, Offset, ref wide) + shift;

        var moved = entry[..FixedPart].ToArray();
        byte[] places = [.. Place(moved, Size, size), .. Place(moved, CompressedSize, compressed), .. Place(moved, Offset, offset)];
        byte[] extras = [.. Without64(extra), .. places.Length == 0 ? [] : (byte[])[1, 0, (byte)places.Length, 0, .. places]];
        if (places.Length > 0) Write16(moved, VersionNeeded, Math.Max(Read16(moved, VersionNeeded), Zip64Version));
        Write16(moved, ExtraLength, (ushort)extras.Length);

        byte[] whole = [.. moved, .. entry.Slice(FixedPart, nameLength), .. extras, .. entry[(FixedPart + nameLength + extraLength)..]];
        target.Write(whole);
        _written += whole.Length;
        _entries++;
    }

    // A number that has no room in its field stands in the entry's extra field, in a fixed order.
    private static long Wide(ReadOnlySpan<byte> entry, int at, ref ReadOnlySpan<byte> wide)
    {
        var narrow = Read32(entry, at);
        if (narrow != uint.MaxValue || wide.Length < 8) return narrow;
        var value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[8..];
        return value;
    }

    private static byte[] Place(byte[] entry, int at, long value)
    {
        Write32(entry, at, (uint)Math.Min(value, uint.MaxValue));
        return value < uint.MaxValue ? [] : BitConverter.GetBytes(value);
    }

    private static ReadOnlySpan<byte> Zip64Of(ReadOnlySpan<byte> extra)
    {
        for (var rest = extra; rest.Length >= 4; rest = rest[(4 + Read16(rest, 2))..])
            if (Read16(rest, 0) == Zip64Extra) return rest.Slice(4, Read16(rest, 2));
        return [];
    }

    private static byte[] Without64(ReadOnlySpan<byte> extra)
    {
        var kept = new List<byte>();
        for (var rest = extra; rest.Length >= 4; rest = rest[(4 + Read16(rest, 2))..])
            if (Read16(rest, 0) != Zip64Extra) kept.AddRange(rest[..(4 + Read16(rest, 2))]);
        return [.. kept];
    }

    private static ushort Read16(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt16LittleEndian(from[at..]);

    private static uint Read32(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt32LittleEndian(from[at..]);

    private static void Write16(Span<byte> to, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(to[at..], value);

    private static void Write32(Span<byte> to, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(to[at..], value);

    private static void Write64(Span<byte> to, int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(to[at..], value);
}
