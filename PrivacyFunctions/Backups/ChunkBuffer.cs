using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;

namespace PrivacyFunctions.Backups;

/// <summary>
/// A chunk that is being filled: lines, compressed as they come, with what the manifest says about them. Its limits bound
/// the memory of a night: a few megabytes for each store that is copied at a time.
/// </summary>
internal sealed class ChunkBuffer : IDisposable
{
    /// <summary>The most rows of a chunk.</summary>
    public const int MostRows = 1000;

    /// <summary>The bytes, uncompressed, after which a chunk is full.</summary>
    public const int FullAtBytes = 4 * 1024 * 1024;

    private static readonly JsonWriterOptions Json = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is never part of a page, and many letters stay one byte
    };

    private readonly MemoryStream _stored = new();
    private readonly GZipStream _zip;
    private readonly ArrayBufferWriter<byte> _text = new(); // so that the compression is fed whole lines, and never flushed
    private readonly Utf8JsonWriter _line;
    private BackupKey? _first;
    private BackupKey? _last;
    private int _rows;
    private long _raw;

    public ChunkBuffer()
    {
        _zip = new(_stored, CompressionLevel.Fastest, leaveOpen: true);
        _line = new(_text, Json);
    }

    public bool IsEmpty => _rows == 0;

    public bool IsFull => _rows >= MostRows || _raw >= FullAtBytes;

    public void Add(TableEntity row)
    {
        RowLine.Write(_line, row);
        End(new(row.PartitionKey, row.RowKey));
    }

    public void Add(FileLine file)
    {
        file.Write(_line);
        End(new(file.Name, ""));
    }

    /// <summary>Closes a chunk that is not empty.</summary>
    public FilledChunk Close(string store, int number)
    {
        _zip.Dispose();
        var bytes = new BinaryData(_stored.GetBuffer().AsMemory(0, (int)_stored.Length));
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new(
            new(store, BackupLayout.Chunk(store, number, hash), _first!.Value, _last!.Value, _rows, _stored.Length, hash), bytes);
    }

    public void Dispose()
    {
        _line.Dispose();
        _zip.Dispose();
        _stored.Dispose();
    }

    // Lowest and highest are compared, not taken from the ends: a search relies on them, and so on no store's order.
    private void End(BackupKey key)
    {
        _line.Flush();
        _zip.Write(_text.WrittenSpan);
        _zip.WriteByte((byte)'\n');
        _raw += _text.WrittenCount + 1;
        _text.ResetWrittenCount();
        _line.Reset();
        _first = _first is { } first && first.CompareTo(key) <= 0 ? first : key;
        _last = _last is { } last && last.CompareTo(key) >= 0 ? last : key;
        _rows++;
    }
}

/// <summary>A chunk with its bytes as they are stored.</summary>
internal sealed record FilledChunk(BackupChunk Chunk, BinaryData Bytes);
