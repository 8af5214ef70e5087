using System.Buffers;
using System.Text.Json;

namespace PrivacyFunctions.Exports;

/// <summary>
/// Records as JSON, one a line, for programs. They are written into one buffer, which is used again: a record allocates nothing.
/// </summary>
internal sealed class JsonLines(Stream target) : IAsyncDisposable
{
    private const int FullBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _text = new(FullBytes);
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new() { Encoder = PackageJson.Options.Encoder });

    /// <summary>Writes a record.</summary>
    /// <param name="record">Names it within its data set.</param>
    /// <param name="fields">All that is stored, but what is not exported.</param>
    /// <param name="files">The package's entries that belong to it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>How many bytes it takes.</returns>
    public async ValueTask<int> WriteAsync(
        string record, IReadOnlyDictionary<string, JsonElement> fields, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        var before = _text.WrittenCount;
        _writer.Reset(_text);
        _writer.WriteStartObject();
        _writer.WriteString("record", record);
        _writer.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            _writer.WritePropertyName(name);
            value.WriteTo(_writer);
        }

        _writer.WriteEndObject();
        _writer.WriteStartArray("files");
        foreach (var file in files) _writer.WriteStringValue(file);
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.Flush();
        _text.Write("\n"u8);

        var length = _text.WrittenCount - before;
        if (_text.WrittenCount >= FullBytes) await FlushAsync(cancellation);
        return length;
    }

    /// <summary>Hands on what is left; the stream stays open.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await target.WriteAsync(_text.WrittenMemory, cancellation);
        _text.ResetWrittenCount();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
