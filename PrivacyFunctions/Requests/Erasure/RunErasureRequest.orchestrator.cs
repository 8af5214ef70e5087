using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// The procedure of an erasure request (GDPR art. 17; R-ERASE), from receipt to the answer that names what is kept and why.
/// Its history holds ids only; every step reads the case row again and can be repeated.
/// </summary>
internal static class RunErasureRequest
{
    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunErasureRequest))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);
        var stages = ErasureStages.Of(procedure, request);

        if (!await Intake.IsConfirmedAsync(procedure, request)) return;

        // Who is meant is captured once, before anything is destroyed: what leads to the data goes too.
        await procedure.DoAsync(CaptureIdentifiers.Step, step);
        await procedure.DoAsync(EndUndoWindows.Step, step);

        // Nothing is destroyed but by a plan that an operator approved and that is still true then. What the search
        // afterwards finds needs an approval of its own. A workflow that began again may find it approved, or half done.
        var status = await PlanAsync(procedure, stages, step);
        while (status is CaseStatus.AwaitingApproval or CaseStatus.Approved or CaseStatus.Erasing)
        {
            await stages.UntilApprovedAsync();
            var begun = await BeginAsync(procedure, stages, step);
            status = begun.Status;
            if (status != CaseStatus.Erasing) continue;

            foreach (var set in begun.DataSets) await stages.EraseAsync(new(request.CaseId, begun.Plan!, set, Batch: 0));
            status = await procedure.DoAsync(RescanData.Step, step);
        }

        // The answer; then nothing of the person stays with the case.
        await procedure.DoAsync(TellErased.Step, step);
        await procedure.DoAsync(ForgetIdentifiers.Step, step);
        await procedure.DoAsync(CloseCase.Step, step);
    }

    // A copy that the person asked for is made first: erasing before would answer that request with nothing.
    private static async Task<CaseStatus> PlanAsync(CaseProcedure procedure, ErasureStages stages, CaseStep step)
    {
        for (var untilNextTurn = stages.Turns(); ; await untilNextTurn())
        {
            var status = await procedure.DoAsync(PlanErasure.Step, step);
            if (status != CaseStatus.Confirmed) return status;
        }
    }

    private static async Task<BegunErasure> BeginAsync(CaseProcedure procedure, ErasureStages stages, CaseStep step)
    {
        for (var untilNextTurn = stages.Turns(); ; await untilNextTurn())
        {
            var begun = await procedure.DoAsync(BeginErasure.Step, step);
            if (begun.Status != CaseStatus.Approved) return begun;
        }
    }
}
