using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>The words of the page on which people write to us about their request.</summary>
internal sealed record MessageText : PageText
{
    public required string Title { get; init; }

    public required string AnswerTitle { get; init; }

    public required string Words { get; init; }

    public required Phrase AnswerWords { get; init; }

    public required string Message { get; init; }

    public required Phrase MessageHint { get; init; }

    public required Phrase NoMessage { get; init; }

    public required string Files { get; init; }

    public required Phrase FilesHint { get; init; }

    public required string FilesByForm { get; init; }

    public required string FilesAgain { get; init; }

    public required Phrase FilesTooLarge { get; init; }

    public required string FilesBusy { get; init; }

    public required Phrase TooManyFiles { get; init; }

    public required Phrase FileTooLarge { get; init; }

    public required Phrase FileEmpty { get; init; }

    public required Phrase FileOfAnotherKind { get; init; }

    public required string Send { get; init; }

    public required string See { get; init; }

    public required string UseTitle { get; init; }

    public required string Use { get; init; }

    public required string UseOfProof { get; init; }

    public required string Incomplete { get; init; }

    public required LeadText Received { get; init; }

    public required LeadText ReceivedProof { get; init; }

    public required LeadText Barred { get; init; }

    public required string IsNotProven { get; init; }

    public required string ProofTooLate { get; init; }

    public required string WaitForUs { get; init; }

    public required string NoMore { get; init; }

    public required string IsClosed { get; init; }
}
