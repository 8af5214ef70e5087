using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>The procedure of an objection to direct marketing (GDPR art. 21(2), (3); R-OBJECT): it is honoured at once.</summary>
internal static class RunObjection
{
    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunObjection))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);

        // What an earlier version took in may have joined another case.
        if (await procedure.DoAsync(AdmitRequest.Step, step) == CaseStatus.Closed) return;

        // Without a proof of identity: who objects in somebody's name takes nothing from them but advertising (L9). It was stopped on
        // receipt, and is noted here.
        await procedure.DoAsync(StopMarketing.Step, step);
        await procedure.DoAsync(TellMarketingStopped.Step, step);
        await procedure.DoAsync(CloseCase.Step, step);
    }
}
