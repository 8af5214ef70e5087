using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>The words of the forms by which people ask for something, which all kinds of requests have, and of the answer to them.</summary>
internal sealed record RequestText : PageText
{
    public required LeadText NoForm { get; init; }

    public required string SignInNotUsed { get; init; }

    public required Phrase SignedIn { get; init; }

    public required string AnotherAddress { get; init; }

    public required string Address { get; init; }

    public required string AddressHint { get; init; }

    public required string AddressHintOfAnswer { get; init; }

    public required string NoAddress { get; init; }

    public required string Agent { get; init; }

    public required string AgentHint { get; init; }

    public required string NoAgent { get; init; }

    public required string Residence { get; init; }

    public required string ResidenceHint { get; init; }

    public required string ResidenceUnsaid { get; init; }

    public required string NoResidence { get; init; }

    public required string Incomplete { get; init; }

    public required string UseTitle { get; init; }

    public required Phrase Use { get; init; }

    public required Phrase UseWithProof { get; init; }

    public required string UseOfResidence { get; init; }

    public required string UseOfAgent { get; init; }

    public required string Remains { get; init; }

    public required Phrase Controller { get; init; }

    public required string Received { get; init; }

    public required string CheckInbox { get; init; }

    public required string PersonIsAsked { get; init; }

    public required Phrase Reference { get; init; }

    public required string Another { get; init; }

    public required string Receipt { get; init; }
}
