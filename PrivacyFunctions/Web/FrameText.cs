using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Web;

/// <summary>The words of the frame that all pages have, and above what has to be corrected.</summary>
internal sealed record FrameText : PageText
{
    public required Phrase Title { get; init; }

    public required Phrase ProblemTitle { get; init; }

    public required string Skip { get; init; }

    public required string Home { get; init; }

    public required string Correct { get; init; }

    public required Phrase Officer { get; init; }

    public required string NoTracks { get; init; }
}
