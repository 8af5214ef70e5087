using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Where people can say that they live, in the form's words and as programs write it: it leads to the authority that is told them, and in
/// some places to a law that gives us less time. California's never does for an answer, and the United States have one entry.
/// </summary>
internal static class Residences
{
    private const string UnitedKingdom = "GB";

    /// <summary>The places, as they are written and as people read them. Nothing is said by an empty text.</summary>
    public static IReadOnlyList<(string Value, string Words)> All { get; } =
        [("", PageText.Of<RequestText>().ResidenceUnsaid), .. Countries.All.Select(country => (ValueOf(country.Code), country.Name))];

    /// <summary>Reads what was chosen: the code of a country, or null for none.</summary>
    public static bool TryRead(string text, out string? country)
    {
        country = Countries.All.FirstOrDefault(each => text == each.Code || text == ValueOf(each.Code))?.Code;
        return country is not null || text.Length == 0;
    }

    /// <summary>The law of a country, where it has a clock of its own.</summary>
    public static Residence Of(string? country) => country == UnitedKingdom ? Residence.UnitedKingdom : Residence.Elsewhere;

    // Programs wrote it so before there were others.
    private static string ValueOf(string code) => code == UnitedKingdom ? "unitedKingdom" : code;
}
