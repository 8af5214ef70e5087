using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>Begins the purge if its start instant has come, whoever woke the case, and tells where it stands.</summary>
internal sealed class BeginPurge(CaseStore cases, LegalTime time)
{
    public static readonly Step<CaseStep, TerminationStatus> Step = new(nameof(BeginPurge));

    [Function(nameof(BeginPurge))]
    public async Task<TerminationStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var waiting = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        var now = await time.NowOrAtAsync(waiting.Instants!.PurgeFrom, cancellation);
        return (await cases.ExecuteAsync<Termination>(
            step.CaseId, "begin-purge", Actors.System, state => TerminationDecisions.BeginPurge(state, now), [], cancellation)).Status;
    }
}
