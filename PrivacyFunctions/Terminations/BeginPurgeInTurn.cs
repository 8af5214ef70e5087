using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Begins the purge if its start instant has come and nothing goes before it, whoever woke the case. That it waits is shown, and
/// the Data Protection Officer is told.
/// </summary>
internal sealed class BeginPurgeInTurn(CaseStore cases, PurgePrecedence precedence, OfficerMails officer, LegalTime time)
{
    public static readonly Step<CaseStep, TerminationStatus> Step = new(nameof(BeginPurgeInTurn));
    public static readonly Step<CaseStep, bool> PurgeHasBegunStep = new(nameof(PurgeHasBegun));

    /// <returns>Where the case stands.</returns>
    [Function(nameof(BeginPurgeInTurn))]
    public async Task<TerminationStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var waiting = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (waiting.Status != TerminationStatus.AwaitingPurge) return waiting.Status;
        var now = await time.NowOrAtAsync(waiting.Instants!.PurgeFrom, cancellation);
        if (now < waiting.Instants.PurgeFrom) return waiting.Status;

        if (await precedence.FirstAsync(waiting, now, cancellation) is { } first)
        {
            await DeferAsync(waiting, first, cancellation);
            return waiting.Status;
        }

        return (await cases.ExecuteAsync<Termination>(
            step.CaseId, "begin-purge", Actors.System, state => TerminationDecisions.BeginPurge(state, now), [], cancellation)).Status;
    }

    /// <summary>The same as a question, for whoever asks until the purge has begun.</summary>
    [Function(nameof(PurgeHasBegun))]
    public async Task<bool> PurgeHasBegun([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        await RunAsync(step, cancellation) != TerminationStatus.AwaitingPurge;

    private async Task DeferAsync(Termination waiting, PurgeForerunner first, CancellationToken cancellation)
    {
        await cases.ExecuteAsync<Termination>(
            waiting.Id, $"defer-{first}", Actors.System, state => TerminationDecisions.Defer(state, first), [], cancellation);
        await officer.TellOnceAsync(
            waiting.Id, $"deferred-{first}",
            new PurgeDeferred(waiting.Id, first, TerminationDecisions.WaitsUntil(waiting.Instants!)), cancellation);
    }
}
