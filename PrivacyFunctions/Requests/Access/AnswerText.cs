using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Access;

/// <summary>The words of the page that answers a request for access.</summary>
internal sealed record AnswerText : PageText
{
    public required string Title { get; init; }

    public required Phrase Found { get; init; }

    public required Phrase NothingFound { get; init; }

    public required Phrase Copies { get; init; }

    public required Phrase CopiesWithFiles { get; init; }

    public required Phrase CopyOfNothing { get; init; }

    public required string LeftOut { get; init; }

    public required string Contents { get; init; }

    public required string EmptyTitle { get; init; }

    public required string Empty { get; init; }

    public required string NotCopiedTitle { get; init; }

    public required string NotCopied { get; init; }

    public required string Held { get; init; }

    public required Phrase Records { get; init; }

    public required Phrase First { get; init; }

    public required string Purpose { get; init; }

    public required string Basis { get; init; }

    public required string Categories { get; init; }

    public required string Origin { get; init; }

    public required string Recipients { get; init; }

    public required Phrase Recipient { get; init; }

    public required string Retention { get; init; }

    public required string Automated { get; init; }
}
