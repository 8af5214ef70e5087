using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Domain.Requests;

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
        var request = context.GetInput<AccessRequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = new Procedure(context, request);

        // A mailbox that gets many requests in a day is asked about the first few only; the open case answers the rest.
        if (await procedure.DoAsync<CaseStatus>(nameof(AdmitRequest), step) == CaseStatus.Closed) return;

        // The data goes to whoever owns the mailbox, so the owner has to press a button first.
        await procedure.DoAsync(nameof(AskForConfirmation), step);
        if (!await IsConfirmedAsync(procedure, request, step)
            && await procedure.DoAsync<CaseStatus>(nameof(CloseCase), step) == CaseStatus.Closed) return;

        // Every controller data set is searched, side by side.
        var sets = await procedure.DoAsync<DataSetList>(nameof(ListDataSets), step);
        var gathered = await Task.WhenAll(sets.DataSets.Select(set =>
            procedure.DoAsync<SearchedSet>(nameof(GatherDataSet), new GatherStep(request.CaseId, set), set)));

        // The answer: one package, offered by mail for a limited time.
        var package = await procedure.DoAsync<PackagedExport>(nameof(PackageExport), new PackageStep(request.CaseId, gathered));
        var offer = await procedure.DoAsync<ExportOffer>(nameof(OfferExport), package);
        await procedure.DoAsync(nameof(SendExportLink), step);

        // What was copied out for the person does not stay with us.
        await procedure.UntilAsync(offer.Until);
        await procedure.DoAsync(nameof(DeleteExport), step);
        await procedure.DoAsync(nameof(CloseCase), step);
    }

    private static async Task<bool> IsConfirmedAsync(Procedure procedure, AccessRequestInput request, CaseStep step)
    {
        var confirmBy = request.ReceivedAt + request.Plan.ConfirmationWindow;
        if (await procedure.WhileAsync(CaseStatus.AwaitingConfirmation, confirmBy) == CaseStatus.Confirmed) return true;

        // Nothing ends silently: the person is told, with the way to resume (L9). A confirmation that came first wins.
        if (await procedure.DoAsync<CaseStatus>(nameof(TellNotIdentified), step) == CaseStatus.Confirmed) return true;
        return await procedure.WhileAsync(CaseStatus.NotIdentified, confirmBy + request.Plan.ResumeWindow)
            == CaseStatus.Confirmed;
    }
}
