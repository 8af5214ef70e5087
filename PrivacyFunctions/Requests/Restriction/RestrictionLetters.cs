using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>The use of the person's data is restricted.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Ground">The code of the ground that they gave.</param>
/// <param name="Covered">Under which of their addresses it counts.</param>
/// <param name="Tell">Where they tell us which data is wrong; null if that is not why they asked.</param>
internal sealed record RestrictionBegun(CaseId Reference, string Ground, IReadOnlyList<EmailAddress> Covered, Uri? Tell = null) : PersonDraft(Reference);

/// <summary>The restriction is going to be lifted (art. 18(3)).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Reason">Why.</param>
/// <param name="On">The day on which it is lifted.</param>
/// <param name="AnotherStands">Whether another restriction goes on to cover all their data.</param>
internal sealed record RestrictionEnds(CaseId Reference, LiftReason Reason, DateOnly On, bool AnotherStands) : PersonDraft(Reference);

/// <summary>The restriction of which the person was told that it ends does not, for now.</summary>
/// <param name="Reference">The case.</param>
/// <param name="On">The day that they were told.</param>
/// <param name="HasWritten">Whether it is because of what they wrote; if not, an operator took it back.</param>
internal sealed record LiftingTakenBack(CaseId Reference, DateOnly On, bool HasWritten) : PersonDraft(Reference);

/// <summary>A person asked for a restriction: what this software does not reach has to be stopped, and the ground to be looked into.</summary>
/// <param name="Reference">The case.</param>
/// <param name="IsSure">Whether it is clear whose data it is about.</param>
/// <param name="Recipients">The names of those who may have some of it and whom somebody has to tell (art. 19).</param>
/// <param name="Written">The names of those whom we wrote to.</param>
internal sealed record SeeToRestriction(CaseId? Reference, bool IsSure, IReadOnlyList<string> Recipients, IReadOnlyList<string> Written)
    : OfficerDraft(Reference);

/// <summary>A restriction is not lifted, because its person could not be told.</summary>
/// <param name="Reference">The case.</param>
/// <param name="MailboxChanged">Whether the mailbox may be somebody else's by now; if not, no mail reaches it.</param>
internal sealed record CannotTellOfLifting(CaseId? Reference, bool MailboxChanged) : OfficerDraft(Reference);

/// <summary>The use of a person's data is restricted, and no mail reaches them to say so.</summary>
/// <param name="Reference">The case.</param>
internal sealed record CannotTellOfRestriction(CaseId? Reference) : OfficerDraft(Reference);
