using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Use;

/// <summary>The uses to which the person objected are stopped, until it is decided about them.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Uses">The data sets.</param>
/// <param name="Covered">Under which of their addresses it counts.</param>
/// <param name="AnswerBy">When the person hears what it came to.</param>
/// <param name="Advertising">Where they stop advertising.</param>
internal sealed record UseStopped(
    CaseId Reference, IReadOnlyList<DataSet> Uses, IReadOnlyList<EmailAddress> Covered, DateOnly AnswerBy, Uri Advertising)
    : PersonDraft(Reference)
{
    /// <summary>Whether that day is over: none can be promised.</summary>
    public bool IsOver { get; init; }
}

/// <summary>The person was right, and the uses stay stopped.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Uses">The data sets.</param>
/// <param name="Explanation">Why, in the operator's words, a paragraph each.</param>
/// <param name="Erase">Where they ask for the erasure of the data (art. 17(1)(c)).</param>
internal sealed record UseUpheld(CaseId Reference, IReadOnlyList<DataSet> Uses, IReadOnlyList<string> Explanation, Uri Erase)
    : PersonDraft(Reference);

/// <summary>There are grounds that override the person's, and the restriction is going to be lifted (art. 18(3)).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Uses">The data sets.</param>
/// <param name="Explanation">Why, in the operator's words, a paragraph each.</param>
/// <param name="On">The day on which it is lifted.</param>
/// <param name="AnotherStands">Whether others go on to restrict the same data.</param>
internal sealed record UseOverridden(
    CaseId Reference, IReadOnlyList<DataSet> Uses, IReadOnlyList<string> Explanation, DateOnly On, bool AnotherStands)
    : PersonDraft(Reference);

/// <summary>A person objected: what this software does not reach has to be stopped, and the objection to be weighed.</summary>
/// <param name="Reference">The case.</param>
/// <param name="IsSure">Whether it is clear whose data it is about.</param>
/// <param name="Uses">The data sets.</param>
/// <param name="Recipients">The names of those who may have some of it and whom somebody has to tell (art. 19).</param>
/// <param name="Written">The names of those whom we wrote to.</param>
/// <param name="Due">When the person must have an answer.</param>
internal sealed record SeeToUse(
    CaseId? Reference, bool IsSure, IReadOnlyList<DataSet> Uses, IReadOnlyList<string> Recipients, IReadOnlyList<string> Written, DateOnly Due)
    : OfficerDraft(Reference);

/// <summary>The person could not be told what the weighing came to.</summary>
/// <param name="Reference">The case.</param>
/// <param name="IsUpheld">Whether they were right; if not, the restriction stays until they know.</param>
/// <param name="MailboxChanged">Whether the mailbox may be somebody else's by now; if not, no mail reaches it.</param>
internal sealed record CannotTellOfWeighing(CaseId? Reference, bool IsUpheld, bool MailboxChanged) : OfficerDraft(Reference);
