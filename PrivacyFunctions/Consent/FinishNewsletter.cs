using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Policy;

namespace PrivacyFunctions.Consent;

/// <summary>Every subscriber was met: writes the totals.</summary>
internal sealed class FinishNewsletter(Campaigns campaigns, LegalTime legal)
{
    // Long enough for somebody to ask "did I get it?"; the data map tells the same period.
    private static readonly TimeSpan RecipientsKept = TimeSpan.FromDays(30);

    [Function(nameof(FinishNewsletter))]
    public async Task<RecipientsKept> RunAsync([ActivityTrigger] CampaignStep step, CancellationToken cancellation)
    {
        var finished = await campaigns.FinishAsync(step.Campaign, cancellation);
        var clock = (await legal.PlanAsync(cancellation)).Clock;
        return new(clock.Arrives(finished + RecipientsKept));
    }
}
