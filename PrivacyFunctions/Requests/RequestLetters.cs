using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests;

/// <summary>Asks the owner of the mailbox whether they asked.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Words">What the kind of request is called.</param>
/// <param name="Until">The link's end, UTC.</param>
/// <param name="AnswerBy">When the answer is due.</param>
/// <param name="Link">Where they confirm it.</param>
internal sealed record RequestConfirmation(CaseId Reference, ProofWords Words, DateTimeOffset Until, DateOnly AnswerBy, Uri Link)
    : PersonDraft(Reference);

/// <summary>Tells that nobody confirmed the request, how to go on with it and where to complain (GDPR art. 11(2), 12(2), 12(4)).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Words">What the kind of request is called.</param>
/// <param name="Until">Until when they can go on with it, UTC.</param>
/// <param name="Link">Where they do.</param>
internal sealed record NotIdentified(CaseId Reference, ProofWords Words, DateTimeOffset Until, Uri Link) : PersonDraft(Reference);

/// <summary>The answer takes longer than a month, and why (GDPR art. 12(3)).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Reason">Why.</param>
/// <param name="Due">When it is due now.</param>
internal sealed record AnswerTakesLonger(CaseId Reference, ExtensionReason Reason, DateOnly Due) : PersonDraft(Reference);

/// <summary>The person withdrew their request.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Stays">What the withdrawal does not take back.</param>
/// <param name="Again">Where they can ask again.</param>
internal sealed record RequestWithdrawn(CaseId Reference, IReadOnlyList<string> Stays, Uri Again) : PersonDraft(Reference);
