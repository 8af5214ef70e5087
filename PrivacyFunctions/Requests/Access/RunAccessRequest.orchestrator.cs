using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// The procedure of an access request (GDPR art. 15; R-ACCESS), from receipt to the deletion of the package. Its history
/// holds ids only; every step reads the case row again and can be repeated.
/// </summary>
internal static class RunAccessRequest
{
    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunAccessRequest))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);

        if (!await Intake.IsConfirmedAsync(procedure, request)) return;

        // Every controller data set is searched, side by side.
        var sets = await procedure.DoAsync(ListDataSets.Step, step);
        var gathered = await Task.WhenAll(sets.DataSets.Select(set =>
            procedure.DoAsync(GatherDataSet.Step, new GatherStep(request.CaseId, set), set)));

        // The answer: one package, offered by mail for a limited time.
        var package = await procedure.DoAsync(PackageExport.Step, new PackageStep(request.CaseId, gathered));
        var offer = await procedure.DoAsync(OfferExport.Step, package);
        await procedure.DoAsync(SendExportLink.Step, step);

        // What was copied out for the person does not stay with us.
        await procedure.UntilAsync(offer.Until);
        await procedure.DoAsync(DeleteExport.Step, step);
        await procedure.DoAsync(CloseCase.Step, step);
    }
}
