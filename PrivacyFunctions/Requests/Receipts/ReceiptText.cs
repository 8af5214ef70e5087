using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Receipts;

/// <summary>The words of the page of a receipt.</summary>
internal sealed record ReceiptText : PageText
{
    public required string Title { get; init; }

    public required Phrase Words { get; init; }

    public required string Reference { get; init; }

    public required string Asked { get; init; }

    public required string Received { get; init; }

    public required Phrase ReceivedOn { get; init; }

    public required string Entered { get; init; }

    public required string TakenIn { get; init; }

    public required Phrase TakenInAt { get; init; }

    public required string Due { get; init; }

    public required Phrase DueBy { get; init; }

    public required string Answers { get; init; }

    public required Phrase Keep { get; init; }

    public required NoticeText NotOurs { get; init; }
}
