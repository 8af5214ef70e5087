using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Complaint.Model;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>We have the complaint. It does not repeat what was written: the mailbox may be somebody else's.</summary>
/// <param name="Reference">The case.</param>
/// <param name="AnswerBy">When the person hears what it came to.</param>
internal sealed record ComplaintReceived(CaseId Reference, DateOnly AnswerBy) : PersonDraft(Reference), IFirstLetter
{
    /// <inheritdoc/>
    public required Uri Receipt { get; init; }

    /// <summary>How it came, if an operator entered it.</summary>
    public Came? Came { get; init; }

    /// <summary>Whether that day is over: none can be promised.</summary>
    public bool IsOver { get; init; }
}

/// <summary>What a complaint came to.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Finding">What.</param>
/// <param name="Explanation">Why, in the operator's words, a paragraph each.</param>
/// <param name="Reopened">Whether an earlier request is taken up again.</param>
internal sealed record ComplaintDecided(CaseId Reference, ComplaintFinding Finding, IReadOnlyList<string> Explanation, Reopened Reopened) : PersonDraft(Reference);

/// <summary>A complaint waits for an operator's decision.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Due">When the person must have an answer.</param>
internal sealed record ComplaintWaits(CaseId? Reference, DateOnly Due) : OfficerDraft(Reference);

/// <summary>No mail reaches the mailbox that a complaint names.</summary>
/// <param name="Reference">The case.</param>
/// <param name="IsDecided">Whether it is decided, and its outcome could not be told.</param>
internal sealed record CannotTellOfComplaint(CaseId? Reference, bool IsDecided) : OfficerDraft(Reference);
