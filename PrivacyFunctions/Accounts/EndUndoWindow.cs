using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Accounts;

/// <summary>Ends the time to undo. An undo that was committed first wins.</summary>
internal sealed class EndUndoWindow(CaseStore cases)
{
    [Function(nameof(EndUndoWindow))]
    public async Task<TerminationStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        (await cases.ExecuteAsync<Termination>(
            step.CaseId, "end-undo", Actors.System, TerminationDecisions.EndUndo, [], cancellation)).Status;
}
