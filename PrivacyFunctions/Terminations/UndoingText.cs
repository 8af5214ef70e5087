using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Terminations;

/// <summary>The words of the page on which an owner undoes the end of an account.</summary>
internal sealed record UndoingText : PageText
{
    public required QuestionText Question { get; init; }

    public required NoticeText NotTheOwner { get; init; }

    public required NoticeText GoesOn { get; init; }

    public required string TooLate { get; init; }

    public required Phrase WasUndoable { get; init; }

    public required Phrase Final { get; init; }

    public required Phrase Copy { get; init; }

    public required string Help { get; init; }
}
