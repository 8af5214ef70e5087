using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>Deletes the package and what it was made from when its time is over.</summary>
internal sealed class DeleteExport(CaseStore cases, PackageEnding ending, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(DeleteExport));

    [Function(nameof(DeleteExport))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var offered = await cases.GetAsync<PackagedRequest>(step.CaseId, cancellation);
        if (offered.OfferedUntil is { } until && await time.NowOrAtAsync(until, cancellation) < until)
            throw new TooEarlyException();

        await ending.EndAsync(step.CaseId, cancellation);
    }
}
