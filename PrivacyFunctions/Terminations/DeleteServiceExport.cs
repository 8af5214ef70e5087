using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>Deletes the package that was offered to the owner.</summary>
internal sealed class DeleteServiceExport(CaseStore cases, ExportFolder folder)
{
    public static readonly Step<CaseStep> Step = new(nameof(DeleteServiceExport));

    [Function(nameof(DeleteServiceExport))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        await folder.DeleteAsync(step.CaseId, cancellation);
        await cases.ExecuteAsync<Termination>(
            step.CaseId, "delete-export", Actors.System, ExportDecisions.NoteDeleted, [], cancellation);
    }
}
