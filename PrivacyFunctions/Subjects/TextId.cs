using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Subjects;

/// <summary>An id that stands as text in links, keys and JSON.</summary>
/// <typeparam name="TSelf">The id's own type.</typeparam>
public interface ITextId<TSelf>
    where TSelf : struct, ITextId<TSelf>
{
    /// <summary>The text.</summary>
    string Text { get; }

    /// <summary>Reads it from text that anybody may have written; never throws.</summary>
    static abstract bool TryParse(string? text, out TSelf id);
}

/// <summary>Writes an id as its text, and reads nothing else.</summary>
/// <exception cref="FormatException">It is no such id.</exception>
internal sealed class AsText<TId> : JsonConverter<TId>
    where TId : struct, ITextId<TId>
{
    /// <inheritdoc/>
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.TryParse(reader.GetString(), out var id) ? id : throw new FormatException($"Not a {typeof(TId).Name}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

/// <summary>The text of an id of 16 bytes: 32 lower-case hexadecimal digits, safe in URLs and keys.</summary>
internal static partial class HexDigits
{
    private const int Bytes = 16;

    /// <summary>The digits of the first 16 of these bytes.</summary>
    /// <exception cref="ArgumentException">Fewer than 16 bytes.</exception>
    public static string Of(ReadOnlySpan<byte> bytes) => bytes.Length < Bytes
        ? throw new ArgumentException($"An id takes {Bytes} bytes.", nameof(bytes))
        : Convert.ToHexStringLower(bytes[..Bytes]);

    /// <summary>Reads them as they stand in a link or a key; upper-case digits are taken too. Null if it is something else.</summary>
    public static string? Read(string? text) => text is not null && ThirtyTwo().IsMatch(text) ? text.ToLowerInvariant() : null;

    [GeneratedRegex(@"\A[0-9a-fA-F]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ThirtyTwo();
}
