using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>Nothing is held about the owner of the mailbox.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Resumes">The earlier erasure that it goes on with.</param>
/// <param name="Searched">The addresses under which the data was searched.</param>
internal sealed record NothingHeld(CaseId Reference, CaseId? Resumes, IReadOnlyList<EmailAddress> Searched) : PersonDraft(Reference);

/// <summary>A hold was released, and what it had kept of an earlier erasure is not there any more.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Resumes">The earlier erasure.</param>
internal sealed record NothingLeft(CaseId Reference, CaseId? Resumes) : PersonDraft(Reference);

/// <summary>What was erased, what is kept and why (GDPR art. 12(3), 12(4), 17; rule L6).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Resumes">The earlier erasure that it goes on with.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="IsShown">Whether recipients see the addresses for a while, so that they find the data.</param>
internal sealed record ErasureDone(CaseId Reference, CaseId? Resumes, ErasureOutcome Outcome, bool IsShown = false) : PersonDraft(Reference)
{
    public int BackupDays { get; } = TerminationClock.BackupDays;
}

/// <summary>The person owns accounts that their erasure leaves open, and can end them as well or instead.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Accounts">Their numbers.</param>
/// <param name="AreMore">Whether there are more than are named.</param>
/// <param name="EndAccount">Where they end one.</param>
internal sealed record AccountStays(CaseId Reference, IReadOnlyList<AccountId> Accounts, bool AreMore, Uri EndAccount) : PersonDraft(Reference);

/// <summary>A plan waits for an operator.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Resumes">The earlier erasure that it goes on with.</param>
/// <param name="Due">When the person must have an answer.</param>
/// <param name="Plan">The plan's hash.</param>
internal sealed record PlanWaits(CaseId? Reference, CaseId? Resumes, DateOnly Due, string Plan) : OfficerDraft(Reference);

/// <summary>An operator approved a plan, and a second one has to.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Due">When the person must have an answer.</param>
/// <param name="Plan">The plan's hash.</param>
internal sealed record PlanNeedsSecond(CaseId? Reference, DateOnly Due, string Plan) : OfficerDraft(Reference);

/// <summary>An operator took back the approval of a plan by a first one.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Due">When the person must have an answer.</param>
/// <param name="Plan">The plan's hash.</param>
internal sealed record PlanRefused(CaseId? Reference, DateOnly Due, string Plan) : OfficerDraft(Reference);

/// <summary>It still waits.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Due">When the person must have an answer.</param>
/// <param name="Plan">The plan's hash.</param>
/// <param name="First">Whether a first of two operators has approved it.</param>
/// <param name="Over">Whether that day is over.</param>
internal sealed record PlanStillWaits(CaseId? Reference, DateOnly Due, string Plan, bool First, bool Over) : OfficerDraft(Reference);

/// <summary>A person has to find out whose data a hold had kept that is released.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Hold">The hold's id.</param>
internal sealed record HoldOfErasureReleased(CaseId? Reference, string Hold) : OfficerDraft(Reference);

/// <summary>The answer to an erasure cannot be mailed.</summary>
/// <param name="Reference">The case.</param>
/// <param name="MailboxChanged">Whether the mailbox may be somebody else's by now; if not, no mail reaches it.</param>
internal sealed record CannotTellOfErasure(CaseId? Reference, bool MailboxChanged) : OfficerDraft(Reference);

/// <summary>Recipients are to be told (art. 19).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Recipients">The names of those whom somebody has to tell.</param>
/// <param name="Written">The names of those whom we wrote to.</param>
/// <param name="KeepsSome">Whether some of them have data of sets of which a part is kept.</param>
/// <param name="IsHandedOver">Whether the mailbox may be somebody else's by now.</param>
internal sealed record TellRecipients(
    CaseId? Reference, IReadOnlyList<string> Recipients, IReadOnlyList<string> Written, bool KeepsSome = false, bool IsHandedOver = false) : OfficerDraft(Reference);

/// <summary>What an erasure came to, as the person is told.</summary>
/// <param name="Erased">Of what is kept for a time, only that part whose time is over.</param>
/// <param name="Anonymised">What cannot be connected with the person any more.</param>
/// <param name="Kept">What stays.</param>
/// <param name="Recipients">The names of those who may have received what was destroyed.</param>
/// <param name="Searched">The addresses under which the data was searched.</param>
internal sealed record ErasureOutcome(
    IReadOnlyList<DataSet> Erased, IReadOnlyList<DataSet> Anonymised, IReadOnlyList<KeptPart> Kept, IReadOnlyList<string> Recipients,
    IReadOnlyList<EmailAddress> Searched)
{
    /// <summary>All that the person is not found in any more.</summary>
    public IReadOnlyList<DataSet> Destroyed => [.. Erased, .. Anonymised];

    /// <summary>Nothing was held.</summary>
    public bool IsNothing => Erased.Count + Anonymised.Count + Kept.Count == 0;

    /// <summary>Not everything had to stay.</summary>
    public bool IsSomething => Erased.Count + Anonymised.Count > 0;
}

/// <summary>What stays of a data set, by the map's ground or by a hold.</summary>
/// <param name="DataSet">The data set.</param>
/// <param name="Hold">The hold's kind. Its own words are for operators: they may say more than the person may learn.</param>
internal sealed record KeptPart(DataSet DataSet, HoldKind? Hold);
