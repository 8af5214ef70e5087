using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Cases.Model;

/// <summary>
/// The reference of one data-subject request: 32 lower-case hexadecimal digits. It says nothing about the person, so it may
/// stand in URLs, logs, instance ids and table keys.
/// </summary>
[JsonConverter(typeof(AsText))]
public readonly partial record struct CaseId
{
    private CaseId(string value) => Value = value;

    /// <summary>The 32 digits.</summary>
    public string Value { get; }

    /// <summary>A case id of the first 16 of these bytes.</summary>
    /// <exception cref="ArgumentException">Fewer than 16 bytes.</exception>
    public static CaseId FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 16
            ? throw new ArgumentException("A case id takes 16 bytes.", nameof(bytes))
            : new(Convert.ToHexStringLower(bytes[..16]));

    /// <summary>Reads a case id as it stands in a link or a key; upper-case digits are taken too.</summary>
    public static bool TryParse(string? text, out CaseId id)
    {
        var found = text is not null && ThirtyTwoDigits().IsMatch(text);
        id = found ? new(text!.ToLowerInvariant()) : default;
        return found;
    }

    /// <summary>Reads a case id that this software wrote.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static CaseId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not a case id.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    private sealed class AsText : JsonConverter<CaseId>
    {
        public override CaseId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, CaseId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    [GeneratedRegex("^[0-9a-fA-F]{32}$", RegexOptions.CultureInvariant)]
    private static partial Regex ThirtyTwoDigits();
}
