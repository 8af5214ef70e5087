using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.ByPost;

/// <summary>The procedure of a request that is answered by post (R-EVERYONE, L1): people do all of it, and it sees to what is left behind.</summary>
internal static class RunPostalRequest
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromDays(365); // an operator's word wakes it before

    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunPostalRequest))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);

        // Somebody answers it. That the time for it runs out is told every night to the Data Protection Officer.
        var status = await procedure.DoAsync(ReadCaseStatus.Step, step);
        while (status == CaseStatus.AwaitingDecision)
            status = await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.AwaitingDecision, procedure.LegalNow + BetweenLooks);

        // Nobody needs to know any more where the answer goes (C-MINIMUM).
        await procedure.DoAsync(ForgetPostalAddress.Step, step);
        await procedure.DoAsync(CloseCase.Step, step);
    }
}
