using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>How a confirmed request is answered whose answer is a package, up to the deletion of the package.</summary>
internal static class AnswerByPackage
{
    /// <summary>Gathers, packages and offers what the right covers, and closes the case when the offer is over.</summary>
    public static async Task GiveAsync(CaseProcedure procedure, RequestInput request)
    {
        var step = new CaseStep(request.CaseId);

        // Every data set that the right covers is searched, side by side.
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
