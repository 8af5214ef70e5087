using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>Tells the owner of the mailbox that somebody asked who was signed in as them, and what to do if it was somebody else.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Words">What the kind of request is called.</param>
/// <param name="AnswerBy">When the answer is due.</param>
internal sealed record AskedSignedIn(CaseId Reference, ProofWords Words, DateOnly AnswerBy) : PersonDraft(Reference), IFirstLetter
{
    /// <inheritdoc/>
    public required Uri Receipt { get; init; }
}
