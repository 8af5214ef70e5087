using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure.Model;

/// <summary>
/// The decisions that only an erasure request has (R-ERASE). Nothing is destroyed but by a plan whose hash an operator
/// approved and that was found unchanged afterwards.
/// </summary>
public static class ErasureDecisions
{
    /// <summary>By what the data is found is kept.</summary>
    public static Decision NoteIdentifiers(ErasureRequest request, int persons) => request.Status == CaseStatus.Confirmed
        ? new Decision.Change(new ErasureFact.IdentifiersCaptured(persons))
        : Decision.Nothing;

    /// <summary>The first plan. Where nothing is held, nobody has to approve anything.</summary>
    public static Decision Plan(ErasureRequest request, ErasurePlan plan) => request.Status == CaseStatus.Confirmed
        ? Waits(plan, Made(plan))
        : Decision.Nothing;

    /// <summary>An operator approves. It binds to the hash: an approval of any other plan changes nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="hash">Of the plan.</param>
    /// <param name="operator">Who approves.</param>
    /// <param name="needsSecond">Whether two operators have to; the same one twice is one.</param>
    public static Decision Approve(ErasureRequest request, string hash, string @operator, bool needsSecond = false) => request switch
    {
        { Status: not CaseStatus.AwaitingApproval } or { IsUndecidable: true } or { AwaitsAnswer: true } or { Refusal: not null } => Decision.Nothing,
        { PlanHash: var waits } when waits != hash => Decision.Nothing,
        { First: null } when needsSecond => new Decision.Change(new ErasureFact.PlanApprovedFirst(hash, @operator)),
        { First.Operator: var first } when needsSecond && first == @operator => Decision.Nothing,
        _ => new Decision.Change(new ErasureFact.PlanApproved(hash, @operator)),
    };

    /// <summary>An operator does not agree with what a first one approved, or takes the own approval back: it has to begin anew.</summary>
    public static Decision Refuse(ErasureRequest request, string hash, string @operator) =>
        request is { Status: CaseStatus.AwaitingApproval, First: { } first } && request.PlanHash == hash && first.Hash == hash
            ? new Decision.Change(new ErasureFact.PlanRefused(hash, @operator))
            : Decision.Nothing;

    /// <summary>After the approval everything was looked at again.</summary>
    /// <param name="request">The request.</param>
    /// <param name="again">The same plan if nothing changed, else the one that takes its place.</param>
    public static Decision Begin(ErasureRequest request, ErasurePlan again) => request switch
    {
        { Status: not CaseStatus.Approved } => Decision.Nothing,
        { ApprovedHash: var approved } when approved == again.Hash() => new Decision.Change(new ErasureFact.ErasureBegun(approved)),
        _ => Waits(again, new ErasureFact.PlanChanged(
            again.Hash(), again.Count(ErasureFate.Erase), again.Count(ErasureFate.Anonymise), again.Count(ErasureFate.Retain))),
    };

    /// <summary>A line of the approved plan is carried out.</summary>
    public static Decision NoteErased(ErasureRequest request, ErasureLine line) => request.Status == CaseStatus.Erasing
        ? new Decision.Change(new ErasureFact.DataSetErased(line.DataSet, line.Fate, line.Items))
        : Decision.Nothing;

    /// <summary>A hold that was placed after the approval keeps a data set from it.</summary>
    public static Decision NoteHeld(ErasureRequest request, string dataSet, Hold protection) =>
        request.Status == CaseStatus.Erasing
            ? new Decision.Change(
                new CaseFact.DataSetHeld(dataSet, protection.Ground, protection.Owner, protection.ReviewOn))
            : Decision.Nothing;

    /// <summary>Searched again: done, or what is still there needs an approval of its own.</summary>
    public static Decision NoteRescan(ErasureRequest request, ErasurePlan found)
    {
        if (request.Status != CaseStatus.Erasing) return Decision.Nothing;
        var residue = found.Destroying.Sum(line => line.Items);
        var rescanned = new ErasureFact.Rescanned(found.Hash(), residue, found.Count(ErasureFate.Retain));
        return residue == 0 ? new Decision.Change(rescanned) : new Decision.Change(rescanned, Made(found));
    }

    /// <summary>People are told that the plan still waits.</summary>
    public static Decision Escalate(ErasureRequest request) => request.Status == CaseStatus.AwaitingApproval
        ? new Decision.Change(new ErasureFact.ErasureEscalated(request.Due.On))
        : Decision.Nothing;

    private static Decision.Change Waits(ErasurePlan plan, CaseFact fact) => plan.Lines.Count == 0
        ? new(fact, new ErasureFact.Rescanned(plan.Hash(), 0, 0))
        : new(fact);

    private static ErasureFact.PlanMade Made(ErasurePlan plan) => new(
        plan.Hash(), plan.Count(ErasureFate.Erase), plan.Count(ErasureFate.Anonymise), plan.Count(ErasureFate.Retain));
}
