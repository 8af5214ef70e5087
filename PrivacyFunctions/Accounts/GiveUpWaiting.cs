using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Accounts;

/// <summary>Ends the wait for the owner's confirmation. One that was committed first wins.</summary>
internal sealed class GiveUpWaiting(CaseStore cases)
{
    [Function(nameof(GiveUpWaiting))]
    public async Task<TerminationStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        (await cases.ExecuteAsync<Termination>(
            step.CaseId, "not-confirmed", Actors.System, TerminationDecisions.GiveUpWaiting, [], cancellation)).Status;
}
