using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Web;

/// <summary>The standing words about a person's rights, which every answer and refusal carries (GDPR art. 12(4),
/// 15(1)(e),(f)).</summary>
internal static class Rights
{
    /// <summary>The way to a supervisory authority and to a court; honest where there is none (R-COMPLAIN).</summary>
    public static string Complaint { get; } = TextFolder.English.Paragraphs("parts/complaint").Single();

    /// <summary>The rights of everybody, wherever they live (R-EVERYONE).</summary>
    public static IReadOnlyList<Right> OfEverybody { get; } = TextFolder.English.Read<IReadOnlyList<Right>>("rights");
}

/// <summary>A right, as its title and a sentence.</summary>
internal sealed record Right(string Title, string Words);
