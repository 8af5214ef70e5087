using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Where people can say that they live, in the form's words and as programs write it: only places whose law can shorten a time that we
/// have. California's never does for an answer, so nobody is asked about it.
/// </summary>
internal static class Residences
{
    /// <summary>What is said of anything else.</summary>
    public const string Mistake = "Choose one of the places, or leave it open.";

    /// <summary>The places, as they are written and as people read them. Nothing is said by an empty text.</summary>
    public static IReadOnlyList<(string Value, string Words, Residence Residence)> All { get; } =
    [
        ("", "Anywhere else", Residence.Elsewhere),
        ("unitedKingdom", "United Kingdom", Residence.UnitedKingdom),
    ];

    /// <summary>Reads what was chosen.</summary>
    public static bool TryRead(string text, out Residence residence)
    {
        var found = All.Where(place => place.Value == text).Select(place => (Residence?)place.Residence).FirstOrDefault();
        residence = found ?? Residence.Elsewhere;
        return found is not null;
    }
}
