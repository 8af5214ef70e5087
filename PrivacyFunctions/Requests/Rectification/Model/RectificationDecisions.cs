using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Rectification.Model;

/// <summary>The decisions that only a rectification has (art. 16; R-RECTIFY). A repetition comes to nothing.</summary>
public static class RectificationDecisions
{
    /// <summary>The mailbox is proven: its owner can look at what is held, and correct it, for a limited time.</summary>
    public static Decision Show(RectificationRequest request, DateTimeOffset legalNow) => request.Status == CaseStatus.Confirmed
        ? new Decision.Change(new RectificationFact.DataShown(legalNow + request.Plan.ExportLifetime))
        : Decision.Nothing;

    /// <summary>Whether corrections can be sent at that instant.</summary>
    public static bool MaySend(RectificationRequest request, DateTimeOffset legalNow) =>
        request.Status == CaseStatus.Offered && legalNow < request.OfferedUntil;

    /// <summary>The person sent corrections: once, all together. What they said in their own words an operator has to see to.</summary>
    public static Decision Send(
        RectificationRequest request, DateTimeOffset legalNow, string submission, IReadOnlyList<SentCorrection> corrections)
    {
        if (!MaySend(request, legalNow) || corrections.Count == 0) return Decision.Nothing;
        var said = corrections.Where(each => each.DataSet is null).Select(each => new RectificationFact.DecisionNeeded(each.Number));
        return new Decision.Change(said.Prepend<CaseFact>(new RectificationFact.CorrectionsSent(submission, corrections)).ToList());
    }

    /// <summary>The time is over, and nothing was sent.</summary>
    public static Decision EndWaiting(RectificationRequest request, DateTimeOffset legalNow) =>
        request.Status == CaseStatus.Offered && legalNow >= request.OfferedUntil
            ? new Decision.Change(new RectificationFact.NothingSent())
            : Decision.Nothing;

    /// <summary>What is to be made now, without anybody else's decision or by it.</summary>
    public static IEnumerable<WantedCorrection> ToBeMade(RectificationRequest request) =>
        request.Wanted.Where(wanted => wanted.State is CorrectionState.Wanted or CorrectionState.Accepted);

    /// <summary>What an operator has to decide.</summary>
    public static IEnumerable<WantedCorrection> ToBeDecided(RectificationRequest request) =>
        request.Wanted.Where(wanted => wanted.State == CorrectionState.AwaitsDecision);

    /// <summary>
    /// It was made: in how many records the right value stands. In none, if somebody changed them meanwhile; a value that was taken out is
    /// gone either way.
    /// </summary>
    public static Decision NoteMade(RectificationRequest request, int number, int records, bool isTakenOut) =>
        ToBeMade(request).All(wanted => wanted.Number != number) ? Decision.Nothing
        : new Decision.Change(records > 0 || isTakenOut
            ? new RectificationFact.Corrected(number, records)
            : new RectificationFact.NotFound(number));

    /// <summary>A legal hold wants the data kept as it is: an operator has to decide.</summary>
    public static Decision NeedDecision(RectificationRequest request, int number) =>
        request.Wanted.Any(wanted => wanted.Number == number && wanted.State == CorrectionState.Wanted)
            ? new Decision.Change(new RectificationFact.DecisionNeeded(number))
            : Decision.Nothing;

    /// <summary>An operator decided; the first decision stands.</summary>
    /// <param name="request">The case.</param>
    /// <param name="number">About which correction.</param>
    /// <param name="refusal">Why not; null to have it made.</param>
    /// <param name="by">The operator.</param>
    public static Decision Decide(RectificationRequest request, int number, CorrectionRefusal? refusal, string by) =>
        ToBeDecided(request).All(wanted => wanted.Number != number) ? Decision.Nothing
        : new Decision.Change(refusal is { } reason
            ? new RectificationFact.Refused(number, reason, by)
            : new RectificationFact.Accepted(number, by));
}
