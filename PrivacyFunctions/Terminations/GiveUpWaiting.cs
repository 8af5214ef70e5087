using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>Ends the wait for the owner's confirmation, not before it is over. One that was committed first wins.</summary>
internal sealed class GiveUpWaiting(CaseStore cases, LegalTime time)
{
    public static readonly Step<CaseStep, TerminationStatus> Step = new(nameof(GiveUpWaiting));

    [Function(nameof(GiveUpWaiting))]
    public async Task<TerminationStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var asked = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (asked.Status != TerminationStatus.AwaitingConfirmation) return asked.Status;

        var now = await time.NowOrAtAsync(asked.ConfirmBy, cancellation);
        var after = await cases.ExecuteAsync<Termination>(
            step.CaseId, "not-confirmed", Actors.System,
            state => TerminationDecisions.GiveUpWaiting(state, now), [], cancellation);
        return after.Status == TerminationStatus.AwaitingConfirmation ? throw new TooEarlyException() : after.Status;
    }
}
