using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>The words of the page on which another controller downloads the package.</summary>
internal sealed record HandOverText : PageText
{
    public required string Title { get; init; }

    public required Phrase Lead { get; init; }

    public required Phrase Package { get; init; }

    public required Phrase Nothing { get; init; }

    public required string Download { get; init; }

    public required string Signature { get; init; }

    public required string CheckTitle { get; init; }

    public required Phrase CheckSignature { get; init; }

    public required Phrase CheckHash { get; init; }

    public required Phrase CheckFile { get; init; }

    public required Phrase Reference { get; init; }

    public required NoticeText Broken { get; init; }

    public required NoticeText Over { get; init; }
}
