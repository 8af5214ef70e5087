using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>Lets the company's own decision take effect, on the day on which it was entered.</summary>
internal sealed class DecideForCompany(CaseStore cases, TerminationStart start)
{
    public static readonly Step<CaseStep, TerminationStatus> Step = new(nameof(DecideForCompany));

    [Function(nameof(DecideForCompany))]
    public async Task<TerminationStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var entered = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        var after = await start.TakeEffectAsync(
            entered, isOwner: true, entered.ReceivedAt, Actors.System, [], cancellation);
        return after.Status;
    }
}
