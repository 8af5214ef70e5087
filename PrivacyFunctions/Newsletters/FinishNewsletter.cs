using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;

namespace PrivacyFunctions.Newsletters;

/// <summary>Every subscriber was met: writes the totals.</summary>
internal sealed class FinishNewsletter(Campaigns campaigns, LegalTime legal)
{
    public static readonly Step<CampaignStep, RecipientsKept> Step = new(nameof(FinishNewsletter));

    /// <summary>How long it is kept who got it: enough to ask "did I?". The data map tells the same period.</summary>
    public const int DaysKept = 30;

    [Function(nameof(FinishNewsletter))]
    public async Task<RecipientsKept> RunAsync([ActivityTrigger] CampaignStep step, CancellationToken cancellation)
    {
        var finished = await campaigns.FinishAsync(step.Campaign, cancellation);
        var clock = (await legal.PlanAsync(cancellation)).Clock;
        return new(clock.Arrives(finished.AddDays(DaysKept)));
    }
}
