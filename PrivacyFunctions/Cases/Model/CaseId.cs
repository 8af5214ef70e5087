using System.Text.Json.Serialization;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Cases.Model;

/// <summary>
/// The reference of one case: 32 lower-case hexadecimal digits. It says nothing about the person, so it may stand in URLs, logs,
/// instance ids and table keys.
/// </summary>
[JsonConverter(typeof(AsText<CaseId>))]
public readonly record struct CaseId : ITextId<CaseId>
{
    private CaseId(string value) => Value = value;

    /// <summary>The 32 digits.</summary>
    public string Value { get; }

    string ITextId<CaseId>.Text => Value;

    /// <summary>A case id of the first 16 of these bytes.</summary>
    /// <exception cref="ArgumentException">Fewer than 16 bytes.</exception>
    public static CaseId FromBytes(ReadOnlySpan<byte> bytes) => new(HexDigits.Of(bytes));

    /// <summary>Reads a case id as it stands in a link or a key; upper-case digits are taken too.</summary>
    public static bool TryParse(string? text, out CaseId id)
    {
        var digits = HexDigits.Read(text);
        id = digits is null ? default : new(digits);
        return digits is not null;
    }

    /// <summary>Reads a case id that this software wrote.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static CaseId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not a case id.");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
