using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction;

namespace PrivacyFunctions.Requests.Use;

/// <summary>The procedure of an objection to a use (GDPR art. 21(1); R-OBJECT), from its receipt until it is weighed and told.</summary>
internal static class RunUseObjection
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromDays(365); // an operator's decision wakes it before

    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunUseObjection))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);

        if (!await Intake.IsConfirmedAsync(procedure, request)) return;

        // While it is weighed whose reasons are the better ones, the data rests (art. 18(1)(d)).
        await procedure.DoAsync(StopUse.Step, step);
        await procedure.DoAsync(TellUseStopped.Step, step);

        for (var isOver = false; !isOver;)
        {
            // An operator weighs. That the time for it runs out is told every night to the Data Protection Officer.
            var status = await procedure.DoAsync(ReadCaseStatus.Step, step);
            while (status == CaseStatus.AwaitingDecision)
                status = await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.AwaitingDecision, procedure.LegalNow + BetweenLooks);

            // Without compelling grounds of ours the use ends for good; with them it goes on, once the person knows it.
            isOver = status == CaseStatus.Restricted
                ? await procedure.DoAsync(TellUseUpheld.Step, step)
                : await Lifting.IsDoneAsync(procedure, step);
        }

        await procedure.DoAsync(CloseCase.Step, step);
    }
}
