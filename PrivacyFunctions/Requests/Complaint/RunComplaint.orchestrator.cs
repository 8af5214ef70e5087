using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>The procedure of a complaint to us (Data Protection Act 2018, section 164A; R-COMPLAIN, L10), from its receipt to its outcome.</summary>
internal static class RunComplaint
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromDays(365); // an operator's decision wakes it before

    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunComplaint))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);

        if (await procedure.DoAsync(AdmitRequest.Step, step) == CaseStatus.Closed) return;

        // Without a proof of identity (L9). The law gives 30 days for the acknowledgement; it goes out at once.
        await procedure.DoAsync(AcknowledgeComplaint.Step, step);

        // An operator looks into it and decides. That the time for it runs out is told every night to the Data Protection Officer.
        await procedure.DoAsync(AnnounceComplaint.Step, step);
        var status = await procedure.DoAsync(ReadCaseStatus.Step, step);
        while (status == CaseStatus.AwaitingDecision)
            status = await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.AwaitingDecision, procedure.LegalNow + BetweenLooks);

        // The person hears what it came to, and why, and where they can turn if they do not agree.
        await procedure.DoAsync(TellFinding.Step, step);
        await procedure.DoAsync(CloseCase.Step, step);
    }
}
