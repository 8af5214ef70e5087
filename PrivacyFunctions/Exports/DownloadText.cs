using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Exports;

/// <summary>The words of the pages from the mailed link to the open download.</summary>
internal sealed record DownloadText : PageText
{
    public required NoticeText Ready { get; init; }

    public required string SendCode { get; init; }

    public required string CodeTitle { get; init; }

    public required Phrase CodeWords { get; init; }

    public required string Code { get; init; }

    public required string Open { get; init; }

    public required string FreshCode { get; init; }

    public required string CodeMissing { get; init; }

    public required string WrongCode { get; init; }

    public required Phrase CodeIsSpent { get; init; }

    public required Phrase CodeIsOver { get; init; }

    public required string NotOpened { get; init; }

    public required LeadText Opened { get; init; }

    public required LeadText Gone { get; init; }

    public required QuestionText HourIsOver { get; init; }

    public required LeadText NotSent { get; init; }

    public required LeadText EnoughCodes { get; init; }
}
