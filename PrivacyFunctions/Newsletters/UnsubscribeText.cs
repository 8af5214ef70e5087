using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Newsletters;

/// <summary>The words of the page behind a newsletter's unsubscribe link.</summary>
internal sealed record UnsubscribeText : PageText
{
    public required QuestionText Question { get; init; }

    public required QuestionText Again { get; init; }

    public required LeadText Over { get; init; }

    public required NoticeText Broken { get; init; }
}
