using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Tells the Data Protection Officer that a purge is not finished though its deadline is near; the purge itself goes on.
/// </summary>
internal sealed class EscalatePurge(CaseStore cases, OfficerMails officer)
{
    [Function(nameof(EscalatePurge))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var stuck = await cases.ExecuteAsync<Termination>(
            step.CaseId, "escalate", Actors.System, TerminationDecisions.Escalate, [], cancellation);
        if (stuck.PurgedAt is null)
            await officer.TellOnceAsync(step.CaseId, "escalation", TerminationLetters.Escalation(stuck), cancellation);
    }
}
