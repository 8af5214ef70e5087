using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// Deletes who got the newsletter, some at a time, once the time is over for which it is kept; the totals stay.
/// </summary>
internal sealed class ForgetRecipients(Campaigns campaigns, Recipients recipients, LegalTime legal)
{
    public static readonly Step<CampaignStep, MoreToDo> Step = new(nameof(ForgetRecipients));

    [Function(nameof(ForgetRecipients))]
    public async Task<MoreToDo> RunAsync([ActivityTrigger] CampaignStep step, CancellationToken cancellation)
    {
        var campaign = await campaigns.GetAsync(step.Campaign, cancellation);
        if (campaign.Finished?.AddDays(FinishNewsletter.DaysKept) is not { } until
            || await legal.NowOrAtAsync(until, cancellation) < until)
            throw new TooEarlyException();
        return new(await recipients.ForgetSomeAsync(step.Campaign, cancellation));
    }
}
