using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Rectification.Model;

/// <summary>The decisions that only a rectification has (art. 16; R-RECTIFY). A repetition comes to nothing.</summary>
public static class RectificationDecisions
{
    /// <summary>How long somebody has at least to look through their data.</summary>
    public static readonly TimeSpan LeastTime = TimeSpan.FromDays(7);

    private static readonly TimeSpan TimeToDecide = TimeSpan.FromDays(7);

    /// <summary>
    /// The mailbox is proven: its owner can look at what is held, and correct it, for a limited time. It ends a week before the answer is due
    /// if it can, so that there is time for a decision.
    /// </summary>
    public static Decision Show(RectificationRequest request, DateTimeOffset legalNow)
    {
        if (request.Status != CaseStatus.Confirmed) return Decision.Nothing;
        var (ordinary, inTime) = (legalNow + request.Plan.ExportLifetime, new DateTimeOffset(request.Due.On, default, TimeSpan.Zero) - TimeToDecide);
        var earlier = inTime < ordinary ? inTime : ordinary;
        return new Decision.Change(new RectificationFact.DataShown(earlier > legalNow + LeastTime ? earlier : legalNow + LeastTime));
    }

    /// <summary>Whether corrections can be sent at that instant.</summary>
    public static bool MaySend(RectificationRequest request, DateTimeOffset legalNow) =>
        request.Status == CaseStatus.Offered && legalNow < request.OfferedUntil;

    /// <summary>The person sent corrections: once, all together. What they said in their own words an operator has to see to.</summary>
    public static Decision Send(
        RectificationRequest request, DateTimeOffset legalNow, string submission, IReadOnlyList<SentCorrection> corrections)
    {
        if (!MaySend(request, legalNow) || corrections.Count == 0) return Decision.Nothing;
        var said = corrections.Where(each => each.DataSet is null).Select(each => new RectificationFact.DecisionNeeded(each.Number, DecisionNeed.OwnWords));
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

    /// <summary>It was made: in how many records the right value stands, or out of how many it was taken.</summary>
    public static Decision NoteMade(RectificationRequest request, int number, int records) =>
        MayBeMade(request, number) ? new Decision.Change(new RectificationFact.Corrected(number, records)) : Decision.Nothing;

    /// <summary>What was wrong does not stand there any more.</summary>
    public static Decision NoteNotFound(RectificationRequest request, int number) =>
        MayBeMade(request, number) ? new Decision.Change(new RectificationFact.NotFound(number)) : Decision.Nothing;

    /// <summary>The software must not make it, or cannot: an operator has to decide. What one accepted no hold stops any more.</summary>
    public static Decision NeedDecision(RectificationRequest request, int number, DecisionNeed why) =>
        MayBeMade(request, number) && (why != DecisionNeed.LegalHold || Find(request, number)!.State == CorrectionState.Wanted)
            ? new Decision.Change(new RectificationFact.DecisionNeeded(number, why))
            : Decision.Nothing;

    /// <summary>An operator has it made; the first decision stands. What the person said in their own words the software cannot make.</summary>
    public static Decision Accept(RectificationRequest request, int number, string by) =>
        MayBeDecided(request, number) && Find(request, number)!.DataSet is not null
            ? new Decision.Change(new RectificationFact.Accepted(number, by))
            : Decision.Nothing;

    /// <summary>An operator saw to it by hand; the first decision stands.</summary>
    /// <param name="request">The case.</param>
    /// <param name="number">About which correction.</param>
    /// <param name="dataSets">Where they corrected something.</param>
    /// <param name="by">The operator.</param>
    public static Decision NoteByHand(RectificationRequest request, int number, IEnumerable<string> dataSets, string by) =>
        MayBeDecided(request, number)
            ? new Decision.Change(new RectificationFact.DoneByHand(number, string.Join(' ', dataSets), by))
            : Decision.Nothing;

    /// <summary>An operator refuses it; the first decision stands.</summary>
    public static Decision Refuse(RectificationRequest request, int number, CorrectionRefusal reason, string by) =>
        MayBeDecided(request, number) ? new Decision.Change(new RectificationFact.Refused(number, reason, by)) : Decision.Nothing;

    private static bool MayBeMade(RectificationRequest request, int number) => ToBeMade(request).Any(wanted => wanted.Number == number);

    // While a step stands still, a person can also decide about what it was to make.
    private static bool MayBeDecided(RectificationRequest request, int number) =>
        request is { HasUnread: false, AwaitsAnswer: false }
        && (ToBeDecided(request).Any(wanted => wanted.Number == number) || (!AttentionMarks.IsAtWork(request.Attention) && MayBeMade(request, number)));

    private static WantedCorrection? Find(RectificationRequest request, int number) =>
        request.Wanted.FirstOrDefault(wanted => wanted.Number == number);
}
