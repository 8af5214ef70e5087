using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests;

/// <summary>Where people can say that they live, in the form's words and as programs write it.</summary>
internal static class Residences
{
    /// <summary>What is said of anything else.</summary>
    public const string Mistake = "Choose one of the places, or leave it open.";

    /// <summary>The places, as they are written and as people read them. Nothing is said by an empty text.</summary>
    public static IReadOnlyList<(string Value, string Words, Residence Residence)> All { get; } =
    [
        ("", "Anywhere else", Residence.Elsewhere),
        ("unitedKingdom", "United Kingdom", Residence.UnitedKingdom),
        ("california", "California", Residence.California),
    ];

    /// <summary>Reads what was chosen.</summary>
    public static bool TryRead(string text, out Residence residence)
    {
        var found = All.Where(place => place.Value == text).Select(place => (Residence?)place.Residence).FirstOrDefault();
        residence = found ?? Residence.Elsewhere;
        return found is not null;
    }
}
