using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Terminations;

/// <summary>The words of the form by which people end an account, and of the answer to it.</summary>
internal sealed record TerminationText : PageText
{
    public required string Title { get; init; }

    public required Phrase Words { get; init; }

    public required string Address { get; init; }

    public required string AddressHint { get; init; }

    public required string NoAddress { get; init; }

    public required string Account { get; init; }

    public required string AccountHint { get; init; }

    public required string NoAccount { get; init; }

    public required string Button { get; init; }

    public required string Incomplete { get; init; }

    public required string UseTitle { get; init; }

    public required string Use { get; init; }

    public required Phrase Erasure { get; init; }

    public required Phrase Controller { get; init; }

    public required LeadText NotOffered { get; init; }

    public required LeadText Received { get; init; }
}
