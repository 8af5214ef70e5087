using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Access;

/// <summary>Deletes the package and what it was made from when its time is over.</summary>
internal sealed class DeleteExport(CaseStore cases, ExportFolder folder)
{
    [Function(nameof(DeleteExport))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        await folder.DeleteAsync(step.CaseId, cancellation);
        await cases.ExecuteAsync<SubjectRequest>(step.CaseId, "delete-export", Actors.System, ExportDecisions.NoteDeleted, [], cancellation);
    }
}
