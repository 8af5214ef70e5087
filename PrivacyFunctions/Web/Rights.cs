using PrivacyFunctions.DataMap;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Web;

/// <summary>The standing words about a person's rights, which every answer and refusal carries (GDPR art. 12(4),
/// 15(1)(e),(f)).</summary>
internal static class Rights
{
    /// <summary>The way to a supervisory authority and to a court; honest where there is none (R-COMPLAIN).</summary>
    public static string Complaint { get; } = TextFolder.English.Paragraphs("parts/complaint", ("country", false)).Single();

    /// <summary>The same for somebody who may have said where they live: with the authority there, if we know of one.</summary>
    /// <param name="country">The country's code; null if they did not say.</param>
    /// <param name="officer">Whom they can write to where there is none.</param>
    public static string ComplaintOf(string? country, DataProtectionOfficer officer) => TextFolder.English.Paragraphs(
        "parts/complaint", ("country", (object?)Countries.Find(country) ?? false), ("officer", officer)).Single();

    /// <summary>The rights of everybody, wherever they live (R-EVERYONE).</summary>
    public static IReadOnlyList<Right> OfEverybody { get; } = TextFolder.English.Read<IReadOnlyList<Right>>("rights");
}

/// <summary>A right, as its title and a sentence.</summary>
internal sealed record Right(string Title, string Words);
