using System.Text.Json;
using System.Text.Json.Serialization;

namespace PrivacyFunctions.Domain;

/// <summary>
/// The company's own opaque id of a customer account: letters, digits, '-' and '_', at most 64, so that it can stand in a
/// table key or a blob's name as it is. It names no person.
/// </summary>
[JsonConverter(typeof(AsText))]
public readonly record struct AccountId
{
    private const int Longest = 64;
    private readonly string? _value;

    private AccountId(string value) => _value = value;

    /// <summary>The id as the company writes it.</summary>
    /// <exception cref="InvalidOperationException">It was never parsed.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This is no account id: it was never parsed.");

    /// <summary>Reads an id that somebody entered; never throws.</summary>
    public static bool TryParse(string? text, out AccountId id)
    {
        var safe = text is { Length: > 0 and <= Longest } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        id = safe ? new(text!) : default;
        return safe;
    }

    /// <summary>Reads an id that this software wrote.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static AccountId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not an account id.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    private sealed class AsText : JsonConverter<AccountId>
    {
        public override AccountId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, AccountId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
