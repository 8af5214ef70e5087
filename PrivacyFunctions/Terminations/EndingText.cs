using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Terminations;

/// <summary>The words of the page on which an owner confirms the end of an account.</summary>
internal sealed record EndingText : PageText
{
    public required QuestionText Question { get; init; }

    public required Phrase Ends { get; init; }

    public required Phrase Undoable { get; init; }

    public required string Final { get; init; }

    public required Phrase Copy { get; init; }

    public required Phrase Reference { get; init; }

    public required LeadText NotTheOwner { get; init; }

    public required LeadText Undone { get; init; }

    public required LeadText EndsAlready { get; init; }

    public required NoticeText NotKnownYet { get; init; }
}
