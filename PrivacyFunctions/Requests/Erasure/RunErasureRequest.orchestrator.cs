using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Requests;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// The procedure of an erasure request (GDPR art. 17; R-ERASE), from receipt to the answer that names what is kept and why.
/// Its history holds ids only; every step reads the case row again and can be repeated.
/// </summary>
internal static class RunErasureRequest
{
    private static readonly TimeSpan UntilTheOtherIsAnswered = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan BetweenFurtherEscalations = TimeSpan.FromDays(7);

    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunErasureRequest))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = new Procedure(context, request.CaseId, request.Plan.Clock);

        if (!await Intake.IsConfirmedAsync(procedure, request)) return;

        // Who is meant is captured once, before anything is destroyed: what leads to the data goes too.
        await procedure.DoAsync(nameof(CaptureIdentifiers), step);
        await procedure.DoAsync(nameof(EndUndoWindows), step);

        // Nothing is destroyed but by a plan that an operator approved and that is still true then. What the search
        // afterwards finds needs an approval of its own.
        var status = await PlanAsync(procedure, step);
        while (status == CaseStatus.AwaitingApproval)
        {
            await UntilApprovedAsync(procedure, step);
            var begun = await BeginAsync(procedure, step);
            status = begun.Status;
            if (status != CaseStatus.Erasing) continue;

            foreach (var set in begun.DataSets) await EraseAsync(procedure, new(request.CaseId, begun.Plan!, set, Batch: 0));
            status = await procedure.DoAsync<CaseStatus>(nameof(RescanData), step);
        }

        // The answer; then nothing of the person stays with the case.
        await procedure.DoAsync(nameof(TellErased), step);
        await procedure.DoAsync(nameof(ForgetIdentifiers), step);
        await procedure.DoAsync(nameof(CloseCase), step);
    }

    // A copy that the person asked for is made first: erasing before would answer that request with nothing.
    private static async Task<CaseStatus> PlanAsync(Procedure procedure, CaseStep step)
    {
        CaseStatus status;
        while ((status = await procedure.DoAsync<CaseStatus>(nameof(PlanErasure), step)) == CaseStatus.Confirmed)
            await procedure.PauseAsync(UntilTheOtherIsAnswered);
        return status;
    }

    private static async Task<BegunErasure> BeginAsync(Procedure procedure, CaseStep step)
    {
        BegunErasure begun;
        while ((begun = await procedure.DoAsync<BegunErasure>(nameof(BeginErasure), step)).Status == CaseStatus.Approved)
            await procedure.PauseAsync(UntilTheOtherIsAnswered);
        return begun;
    }

    // Silence is no answer: people are told that the plan waits, and told again before the due date and after it.
    private static async Task UntilApprovedAsync(Procedure procedure, CaseStep step)
    {
        var deadlines = (await procedure.DoAsync<ApprovalDeadlines>(nameof(AnnouncePlan), step)).Escalations;
        for (var number = 0; ; number++)
        {
            var until = number < deadlines.Count
                ? deadlines[number]
                : deadlines[^1] + BetweenFurtherEscalations * (number - deadlines.Count + 1);
            var status = await procedure.WhileAsync(nameof(ReadCaseStatus), CaseStatus.AwaitingApproval, until);
            if (status != CaseStatus.AwaitingApproval) return;
            await procedure.DoAsync(nameof(EscalateErasure), new EscalationStep(step.CaseId, number));
        }
    }

    private static async Task EraseAsync(Procedure procedure, ErasePartStep part)
    {
        while (true)
        {
            var done = await procedure.DoAsync<ErasedPart>(nameof(EraseDataSet), part, part.DataSet);
            if (done.Next is not { } next) return;
            if (done.Waits) await procedure.PauseAsync(UntilTheOtherIsAnswered);
            part = part with { Batch = next };
        }
    }
}
