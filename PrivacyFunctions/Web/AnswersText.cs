using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Web;

/// <summary>The words of answers that any page can give.</summary>
internal sealed record AnswersText : PageText
{
    public required LeadText Expired { get; init; }

    public required LeadText Broken { get; init; }

    public required NoticeText Failed { get; init; }

    public required NoticeText WrongType { get; init; }

    public required NoticeText TooMuch { get; init; }

    public required NoticeText Malformed { get; init; }

    public required NoticeText TooSlow { get; init; }
}
