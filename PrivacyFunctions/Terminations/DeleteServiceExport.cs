using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Exports;

namespace PrivacyFunctions.Terminations;

/// <summary>Deletes the package that was offered to the owner.</summary>
internal sealed class DeleteServiceExport(PackageEnding ending)
{
    public static readonly Step<CaseStep> Step = new(nameof(DeleteServiceExport));

    [Function(nameof(DeleteServiceExport))]
    public Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation) => ending.EndAsync(step.CaseId, cancellation);
}
