using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>The words of the page on which people confirm a request.</summary>
internal sealed record ConfirmationText : PageText
{
    public required Phrase Asked { get; init; }

    public required string Yes { get; init; }

    public required string PersonsTitle { get; init; }

    public required string PersonsYes { get; init; }

    public required string Thanks { get; init; }

    public required string Offered { get; init; }

    public required string Closed { get; init; }

    public required string Restricted { get; init; }

    public required string Lifting { get; init; }

    public required string Sent { get; init; }

    public required string Erased { get; init; }

    public required Phrase UnderWay { get; init; }

    public required Phrase UnderWayUntil { get; init; }

    public required string NotYou { get; init; }

    public required Phrase Reference { get; init; }

    public required NoticeText Withdrawn { get; init; }

    public required NoticeText Refused { get; init; }
}
