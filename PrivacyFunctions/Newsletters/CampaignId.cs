using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// One issue of a newsletter on its way to the subscribers: 32 lower-case hexadecimal digits, safe in URLs and keys.
/// </summary>
[JsonConverter(typeof(AsText))]
internal readonly partial record struct CampaignId
{
    private CampaignId(string value) => Value = value;

    /// <summary>The 32 digits.</summary>
    public string Value { get; }

    /// <summary>A campaign of the first 16 of these bytes.</summary>
    /// <exception cref="ArgumentException">Fewer than 16 bytes.</exception>
    public static CampaignId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length < 16
        ? throw new ArgumentException("A campaign's id takes 16 bytes.", nameof(bytes))
        : new(Convert.ToHexStringLower(bytes[..16]));

    /// <summary>Reads an id as it stands in a URL; never throws.</summary>
    public static bool TryParse(string? text, out CampaignId id)
    {
        var found = text is not null && ThirtyTwoDigits().IsMatch(text);
        id = found ? new(text!.ToLowerInvariant()) : default;
        return found;
    }

    /// <summary>Reads an id that this software wrote.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static CampaignId Parse(string? text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not a campaign's id.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    private sealed class AsText : JsonConverter<CampaignId>
    {
        public override CampaignId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString());

        public override void Write(Utf8JsonWriter writer, CampaignId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    [GeneratedRegex(@"\A[0-9a-fA-F]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ThirtyTwoDigits();
}
