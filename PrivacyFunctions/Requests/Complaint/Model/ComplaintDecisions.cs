using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Complaint.Model;

/// <summary>The decisions that only a complaint has (R-COMPLAIN, L10). A repetition comes to nothing.</summary>
public static class ComplaintDecisions
{
    /// <summary>The person was told that we have it.</summary>
    public static Decision NoteAcknowledged(ComplaintRequest request, DateTimeOffset legalNow) =>
        request is { Status: CaseStatus.Accepted, AcknowledgedAt: null }
            ? new Decision.Change(new ComplaintFact.Acknowledged(legalNow))
            : Decision.Nothing;

    /// <summary>An operator decided it: the first decision stands. Only who has read all that it is about can decide it, and nobody
    /// while the person is asked something.</summary>
    /// <param name="request">The case.</param>
    /// <param name="finding">What it came to.</param>
    /// <param name="by">Who decided it.</param>
    /// <param name="explanation">The name under which their words are kept.</param>
    /// <param name="read">How many statements they have read.</param>
    /// <param name="reopens">The earlier request of the person that is taken up again; null if none is.</param>
    public static Decision Decide(
        ComplaintRequest request, ComplaintFinding finding, string by, string explanation, int read, CaseId? reopens = null) =>
        request is { Status: CaseStatus.AwaitingDecision, HasUnread: false, AwaitsAnswer: false } && request.Statements == read
            ? new Decision.Change(new ComplaintFact.Decided(finding, by, explanation) { Reopens = reopens })
            : Decision.Nothing;

    /// <summary>The person was told what it came to.</summary>
    public static Decision NoteTold(ComplaintRequest request, DateTimeOffset legalNow) => request is { Finding: not null, ToldAt: null }
        ? new Decision.Change(new ComplaintFact.FindingTold(legalNow))
        : Decision.Nothing;
}
