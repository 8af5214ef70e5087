using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Clock;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Looks every night at the ends of accounts with which a second person has to agree: those with which nobody agreed in time are forgotten, and the Data
/// Protection Officer is told of one that they could not be told of before.
/// </summary>
internal sealed class WatchProposedEnds(ProposedEnds proposed, EndAgreement agreement, LegalTime time, ILogger<WatchProposedEnds> log)
{
    [Function(nameof(WatchProposedEnds))]
    public async Task RunAsync([TimerTrigger("0 20 1 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await foreach (var waiting in proposed.WaitingAsync(await time.NowAsync(cancellation), cancellation))
        {
            try
            {
                await agreement.TellAsync(waiting, cancellation);
            }
            // One of which nobody can be told now must not keep the others; the next night tries again.
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                log.LogWarning("The officer could not be told of the proposed end {Id}: {Kind}", waiting.Id, failure.GetType().Name);
            }
        }
    }
}
