using System.IO.Compression;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Exports;

/// <summary>A ZIP that was written in several goes is one that everybody's programs open.</summary>
[Clause("T-EXPORT")]
public class ZipDirectoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData((1L << 32) - 5)] // the second go's entries begin before four gigabytes, and its last ones beyond
    [InlineData(6L << 30)]
    public void Goes_WhereverTheyBegin_AreOneArchive(long gap)
    {
        var (first, second) = (Go("a.txt", "b.txt"), Go("c.txt", "größe.txt"));
        using var directory = new MemoryStream();
        var entries = first.Entries.Length + gap + second.Entries.Length;
        var whole = new ZipDirectory(directory, entries);
        whole.Add(first.Directory, 0);
        whole.Add(second.Directory, first.Entries.Length + gap);
        whole.End();

        using var zip = new ZipArchive(new Pieces(entries + directory.Length,
            (0, first.Entries), (first.Entries.Length + gap, second.Entries), (entries, directory.ToArray())));

        Assert.Equal(["a.txt", "b.txt", "c.txt", "größe.txt"], zip.Entries.Select(entry => entry.FullName));
        foreach (var entry in zip.Entries)
        {
            using var text = new StreamReader(entry.Open());
            Assert.Equal($"What {entry.FullName} holds.", text.ReadToEnd());
        }
    }

    [Fact]
    public void Goes_WithMoreEntriesThanTheOldFormatCounts_AreOneArchive()
    {
        var names = Enumerable.Range(0, 40_000).Select(number => $"{number}").ToArray();
        var (first, second) = (Go(names), Go([.. names.Select(name => $"second/{name}")]));
        using var directory = new MemoryStream();
        var entries = first.Entries.Length + second.Entries.Length;
        var whole = new ZipDirectory(directory, entries);
        whole.Add(first.Directory, 0);
        whole.Add(second.Directory, first.Entries.Length);
        whole.End();

        using var zip = new ZipArchive(new MemoryStream([.. first.Entries, .. second.Entries, .. directory.ToArray()]));

        Assert.Equal(80_000, zip.Entries.Count);
        using var text = new StreamReader(zip.GetEntry("second/39999")!.Open());
        Assert.Equal("What second/39999 holds.", text.ReadToEnd());
    }

    [Fact]
    public void Directory_CutInTheMiddle_IsRefused()
    {
        var go = Go("a.txt", "b.txt");
        var whole = new ZipDirectory(Stream.Null, 0);
        Assert.Throws<InvalidDataException>(() => whole.Add(go.Directory.AsSpan(0, 70), 0));
        Assert.Throws<InvalidDataException>(() => whole.Add([], 0));
    }

    private static (byte[] Entries, byte[] Directory) Go(params string[] names)
    {
        using var written = new MemoryStream();
        var end = 0;
        using (var zip = new ZipArchive(new ToBlob(written), ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write($"What {name} holds.");
            }

            end = (int)written.Length;
        }

        return (written.ToArray()[..end], written.ToArray()[end..]);
    }

    // An archive that cannot go back writes as it does to a blob.
    private sealed class ToBlob(Stream inner) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);
    }

    /// <summary>A few pieces in a very long file, with nothing between them.</summary>
    private sealed class Pieces(long length, params (long At, byte[] Bytes)[] pieces) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, length - Position);
            for (var place = 0; place < count; place++)
            {
                var at = Position + place;
                var (start, bytes) = pieces.LastOrDefault(piece => piece.At <= at);
                buffer[offset + place] = bytes is not null && at - start < bytes.Length ? bytes[at - start] : (byte)0;
            }

            Position += count;
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => length + offset,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
