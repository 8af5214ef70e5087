using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Portability;

/// <summary>The words of the page in a package of data to take along.</summary>
internal sealed record PortableText : PageText
{
    public required string Title { get; init; }

    public required Phrase Found { get; init; }

    public required Phrase NothingFound { get; init; }

    public required string NothingToSearch { get; init; }

    public required string PackageTitle { get; init; }

    public required string Package { get; init; }

    public required Phrase Data { get; init; }

    public required Phrase Schema { get; init; }

    public required Phrase Table { get; init; }

    public required Phrase TableWithFiles { get; init; }

    public required string Empty { get; init; }

    public required string LeftOutTitle { get; init; }

    public required Phrase LeftOut { get; init; }

    public required string InferredTitle { get; init; }

    public required string Inferred { get; init; }

    public required Phrase InferredPart { get; init; }

    public required string OtherBasisTitle { get; init; }

    public required string OtherBasis { get; init; }

    public required string FromSomebodyElse { get; init; }

    public required string NeverCopied { get; init; }

    public required string OthersTitle { get; init; }

    public required string Others { get; init; }
}
