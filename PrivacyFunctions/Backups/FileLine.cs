using System.Text.Json;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Backups;

/// <summary>
/// A blob as a line, its name first and its content as base64. Only small blobs are lines, many to a chunk, because a
/// request for each would make the night long; a large one is a chunk of its own, because a line is held in memory.
/// </summary>
internal sealed record FileLine(string Name, string ContentType, IReadOnlyDictionary<string, string> Metadata, byte[] Content)
{
    /// <summary>The largest blob that is a line, in bytes.</summary>
    public const int Largest = 256 * 1024;

    public void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, RecordJson.Options);

    /// <summary>Reads the name only.</summary>
    public static BackupKey KeyOf(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        while (json.Read() && json.TokenType is not JsonTokenType.PropertyName)
        {
        }

        return json.Read() && json.GetString() is { } name
            ? new(name, "")
            : throw new InvalidDataException("A backup's line has no key.");
    }

    public static FileLine Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<FileLine>(line, RecordJson.Options)
            ?? throw new InvalidDataException("A backup's line is empty.");
}
