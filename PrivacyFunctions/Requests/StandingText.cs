using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>The words of the page that says how a case stands, and of the withdrawal.</summary>
internal sealed record StandingText : PageText
{
    public required Phrase Title { get; init; }

    public required string OfAccount { get; init; }

    public required IReadOnlyList<string> Withdrawn { get; init; }

    public required IReadOnlyList<string> Refused { get; init; }

    public required IReadOnlyList<string> BeingRefused { get; init; }

    public required IReadOnlyList<string> NotIdentified { get; init; }

    public required IReadOnlyList<string> NotConfirmed { get; init; }

    public required IReadOnlyList<string> Erased { get; init; }

    public required IReadOnlyList<string> Joined { get; init; }

    public required IReadOnlyList<string> Purged { get; init; }

    public required IReadOnlyList<string> NotTheOwner { get; init; }

    public required IReadOnlyList<string> EndsAlready { get; init; }

    public required string AskAgain { get; init; }

    public required Phrase ClosedOn { get; init; }

    public required Phrase Ready { get; init; }

    public required Phrase Open { get; init; }

    public required Phrase Opened { get; init; }

    public required Phrase Copy { get; init; }

    public required Phrase TheyWrote { get; init; }

    public required Phrase WeWrote { get; init; }

    public required Phrase Asked { get; init; }

    public required Phrase Due { get; init; }

    public required Phrase DueIfConfirmed { get; init; }

    public required Phrase DueIfAnswered { get; init; }

    public required Phrase DueAfterPause { get; init; }

    public required Phrase DueLater { get; init; }

    public required Phrase Late { get; init; }

    public required Phrase LateUnconfirmed { get; init; }

    public required Phrase Reference { get; init; }

    public required string Write { get; init; }

    public required string Answer { get; init; }

    public required string Withdraw { get; init; }

    public required string WithdrawTitle { get; init; }

    public required string WithdrawWords { get; init; }

    public required string WithdrawYes { get; init; }

    public required LeadText TooLate { get; init; }

    public required string IsLookedInto { get; init; }

    public required string IsClosed { get; init; }

    public required string IsBeingDone { get; init; }
}
