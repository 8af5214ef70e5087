using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>The procedure of a restriction (GDPR art. 18; R-RESTRICT), from its receipt until it is lifted.</summary>
internal static class RunRestriction
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromDays(365); // an operator's decision wakes it before

    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunRestriction))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);

        if (!await Intake.IsConfirmedAsync(procedure, request)) return;

        // Whether the ground is good is looked into while the data rests, and not before.
        await procedure.DoAsync(RestrictUse.Step, step);
        await procedure.DoAsync(TellRestricted.Step, step);

        for (var isLifted = false; !isLifted;)
        {
            // It lasts until an operator decides that the ground is over.
            var status = await procedure.DoAsync(ReadCaseStatus.Step, step);
            while (status == CaseStatus.Restricted)
                status = await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.Restricted, procedure.LegalNow + BetweenLooks);

            isLifted = await Lifting.IsDoneAsync(procedure, step);
        }

        await procedure.DoAsync(CloseCase.Step, step);
    }
}
