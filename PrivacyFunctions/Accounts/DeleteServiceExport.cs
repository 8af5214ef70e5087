using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Exports;

namespace PrivacyFunctions.Accounts;

/// <summary>Deletes the package that was offered to the owner.</summary>
internal sealed class DeleteServiceExport(CaseStore cases, ExportFolder folder)
{
    [Function(nameof(DeleteServiceExport))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        await folder.DeleteAsync(step.CaseId, cancellation);
        await cases.ExecuteAsync<Termination>(
            step.CaseId, "delete-export", Actors.System, ExportDecisions.NoteDeleted, [], cancellation);
    }
}
