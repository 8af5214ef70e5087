using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>The words of the page on which a person has their data sent to another controller.</summary>
internal sealed record TransmissionText : PageText
{
    public required string Beside { get; init; }

    public required string Title { get; init; }

    public required string NamedTitle { get; init; }

    public required Phrase Named { get; init; }

    public required Phrase NamedAndThere { get; init; }

    public required Phrase NamedAndStopped { get; init; }

    public required Phrase NamedInVain { get; init; }

    public required Phrase Stop { get; init; }

    public required Phrase Enough { get; init; }

    public required string Lead { get; init; }

    public required string NextTitle { get; init; }

    public required string NextLink { get; init; }

    public required string NextDownload { get; init; }

    public required Phrase NextUntil { get; init; }

    public required string NextMail { get; init; }

    public required string Warning { get; init; }

    public required string Controller { get; init; }

    public required string Email { get; init; }

    public required string Again { get; init; }

    public required string Send { get; init; }

    public required Phrase Limits { get; init; }

    public required string EnteredTitle { get; init; }

    public required string Entered { get; init; }

    public required string Incomplete { get; init; }

    public required Phrase NoName { get; init; }

    public required string NoAddress { get; init; }

    public required string NotTheSame { get; init; }

    public required string Yours { get; init; }

    public required string Ours { get; init; }

    public required LeadText Sent { get; init; }

    public required LeadText SentLater { get; init; }

    public required LeadText NoMailbox { get; init; }

    public required LeadText Stopped { get; init; }

    public required LeadText StoppedBefore { get; init; }

    public required LeadText TooLateToStop { get; init; }

    public required LeadText NoneToStop { get; init; }

    public required LeadText NoMore { get; init; }
}
