using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>Records that the package is ready and until when it is kept; a repetition finds the same end.</summary>
internal sealed class OfferExport(CaseStore cases, PackageEnds ends, LegalTime time)
{
    public static readonly Step<PackagedExport, ExportOffer> Step = new(nameof(OfferExport));

    [Function(nameof(OfferExport))]
    public async Task<ExportOffer> RunAsync([ActivityTrigger] PackagedExport package, CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var confirmed = await cases.GetAsync<PackagedRequest>(package.CaseId, cancellation);
        await ends.AddAsync(package.CaseId, PackageDecisions.Offer(confirmed, now, package.Contents), cancellation);
        var offered = await cases.ExecuteAsync<PackagedRequest>(
            package.CaseId, "offer", Actors.System,
            state => PackageDecisions.Offer(state, now, package.Contents), [], cancellation);
        return new(offered.OfferedUntil!.Value);
    }
}
