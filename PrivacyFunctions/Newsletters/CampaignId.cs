using System.Text.Json.Serialization;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Newsletters;

/// <summary>One issue of a newsletter on its way to the subscribers: 32 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(AsText<CampaignId>))]
internal readonly record struct CampaignId : ITextId<CampaignId>
{
    private CampaignId(string value) => Value = value;

    /// <summary>The 32 digits.</summary>
    public string Value { get; }

    string ITextId<CampaignId>.Text => Value;

    /// <summary>A campaign of the first 16 of these bytes.</summary>
    /// <exception cref="ArgumentException">Fewer than 16 bytes.</exception>
    public static CampaignId FromBytes(ReadOnlySpan<byte> bytes) => new(HexDigits.Of(bytes));

    /// <summary>Reads an id as it stands in a URL; never throws.</summary>
    public static bool TryParse(string? text, out CampaignId id)
    {
        var digits = HexDigits.Read(text);
        id = digits is null ? default : new(digits);
        return digits is not null;
    }

    /// <summary>Reads an id that this software wrote.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static CampaignId Parse(string? text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not a campaign's id.");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
