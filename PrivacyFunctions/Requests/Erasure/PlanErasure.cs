using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Makes the first plan. The case stays confirmed, without a plan, while another request of the same person goes first;
/// where nothing is held, it needs no approval.
/// </summary>
internal sealed class PlanErasure(
    CaseStore cases, ErasureSubjects subjects, ErasurePlanner planner, PersonProtections protections)
{
    public static readonly Step<CaseStep, CaseStatus> Step = new(nameof(PlanErasure));

    [Function(nameof(PlanErasure))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation);
        if (state.Status != CaseStatus.Confirmed) return state.Status;

        var who = await subjects.ReadAsync(step.CaseId, cancellation);
        if (await protections.AnotherGoesFirstAsync(who.Now, cancellation)) return state.Status;
        if (ErasureRules.IsStillHeld(state, await protections.OfAsync(who.Now, cancellation))) return state.Status;

        var plan = await planner.MakeAsync(step.CaseId, who, cancellation);
        var planned = await cases.ExecuteAsync<ErasureRequest>(
            step.CaseId, "plan", Actors.System, found => ErasureDecisions.Plan(found, plan), [], cancellation);
        return planned.Status;
    }
}
