using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>The words of the page on which people look at their data and correct it.</summary>
internal sealed record CorrectionText : PageText
{
    public required NoticeText Ready { get; init; }

    public required string Title { get; init; }

    public required string Words { get; init; }

    public required string OfSeveral { get; init; }

    public required string CannotShow { get; init; }

    public required string NothingHeld { get; init; }

    public required string OneHour { get; init; }

    public required Phrase Optional { get; init; }

    public required Phrase TitleIn { get; init; }

    public required Phrase TitleOfSeveral { get; init; }

    public required string NoChoice { get; init; }

    public required Phrase FileHint { get; init; }

    public required string Delete { get; init; }

    public required Phrase HeldIn { get; init; }

    public required Phrase HeldInPart { get; init; }

    public required Phrase NotHeldIn { get; init; }

    public required Phrase NotHeldInPart { get; init; }

    public required string IsCut { get; init; }

    public required string Statement { get; init; }

    public required string StatementHint { get; init; }

    public required string Send { get; init; }

    public required string OptionalGoes { get; init; }

    public required string ElsewhereTitle { get; init; }

    public required Phrase Elsewhere { get; init; }

    public required Phrase Copy { get; init; }

    public required string Incomplete { get; init; }

    public required string HasChanged { get; init; }

    public required Phrase StatementTooLong { get; init; }

    public required string NothingChanged { get; init; }

    public required Phrase TooMany { get; init; }

    public required Phrase TooLong { get; init; }

    public required Phrase FileStays { get; init; }

    public required Phrase NotPlain { get; init; }

    public required Phrase NoneOfThem { get; init; }

    public required Phrase Missing { get; init; }

    public required Phrase AlsoCorrected { get; init; }

    public required string LateTitle { get; init; }

    public required string LateWords { get; init; }

    public required Phrase LateSent { get; init; }

    public required Phrase LateEnough { get; init; }

    public required Phrase LateNotSent { get; init; }

    public required NoticeText Received { get; init; }

    public required NoticeText SentBefore { get; init; }
}
