using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Looks once more whether the approved plan is still true. If not, nothing is destroyed and a new plan takes its place,
/// which needs an approval of its own.
/// </summary>
internal sealed class BeginErasure(
    CaseStore cases, ErasureSubjects subjects, ErasurePlans plans, ErasurePlanner planner, PersonProtections protections)
{
    public static readonly Step<CaseStep, BegunErasure> Step = new(nameof(BeginErasure));

    [Function(nameof(BeginErasure))]
    public async Task<BegunErasure> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation);
        if (state.ApprovedHash is not { } hash) return new(state.Status, Plan: null, []); // a repetition: it was found changed
        var approved = await plans.GetAsync(step.CaseId, hash, cancellation);
        if (state.Status == CaseStatus.Approved)
        {
            var who = await subjects.ReadAsync(step.CaseId, cancellation);
            if (await protections.AnotherGoesFirstAsync(who.Now, cancellation)) return new(state.Status, hash, []);

            var again = await planner.RepeatAsync(approved, who, cancellation);
            if (again.Hash() != hash) again = await planner.MakeAsync(step.CaseId, who, cancellation);
            state = await cases.ExecuteAsync<ErasureRequest>(
                step.CaseId, $"begin-{hash}", Actors.System,
                found => found.ApprovedHash == hash ? ErasureDecisions.Begin(found, again) : Decision.Nothing, [], cancellation);
        }

        var done = await DoneAsync(step.CaseId, hash, cancellation);
        return new(state.Status, hash, [.. approved.Destroying.Select(line => line.DataSet).Where(set => !done.Contains(set))]);
    }

    // Of a workflow that began again: what came since under the keys of what was erased is no part of the plan.
    private async Task<IReadOnlySet<string>> DoneAsync(CaseId id, string plan, CancellationToken cancellation) =>
        (await cases.AuditAsync(id, cancellation)).Select(row => row.Entry.Fact)
            .SkipWhile(fact => fact is not ErasureFact.ErasureBegun begun || begun.Hash != plan)
            .Select(fact => fact switch
            {
                ErasureFact.DataSetErased erased => erased.DataSet,
                CaseFact.DataSetHeld held => held.DataSet,
                _ => null,
            }).OfType<string>().ToHashSet();
}
