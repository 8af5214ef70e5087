using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Recipients.Model;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>Something was done with a person's data of which this recipient is told. The person is named behind the link alone.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Act">What.</param>
/// <param name="Link">Where it sees whom it is about, and answers.</param>
/// <param name="AnswerBy">The day by which we want its answer.</param>
/// <param name="Until">The last day on which the link works.</param>
internal sealed record RecipientNotified(CaseId Reference, RecipientAct Act, Uri Link, DateOnly AnswerBy, DateOnly Until) : RecipientDraft(Reference);

/// <summary>A restriction is lifted, of which recipients were told.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Recipients">The names of those whom somebody has to tell.</param>
/// <param name="Written">The names of those whom we wrote to.</param>
internal sealed record TellRecipientsOfLifting(CaseId? Reference, IReadOnlyList<string> Recipients, IReadOnlyList<string> Written)
    : OfficerDraft(Reference);

/// <summary>Nobody has entered in time that recipients were told, or what they answered.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Act">Of what they are told.</param>
/// <param name="Untold">The names of those who were not told.</param>
/// <param name="Unanswered">The names of those who were, and have not answered.</param>
/// <param name="Days">How many days there were.</param>
/// <param name="Until">The last day on which anybody can see whom it is about.</param>
internal sealed record RecipientsAreLate(
    CaseId? Reference, RecipientAct Act, IReadOnlyList<string> Untold, IReadOnlyList<string> Unanswered, int Days, DateOnly Until) : OfficerDraft(Reference);

/// <summary>A recipient answers that it does not do it.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Act">Of what it was told.</param>
/// <param name="Recipient">Its name.</param>
/// <param name="Answer">Its answer.</param>
internal sealed record RecipientDeclined(CaseId? Reference, RecipientAct Act, string Recipient, NoticeAnswer Answer) : OfficerDraft(Reference);
