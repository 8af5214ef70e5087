using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.Consent;

/// <summary>Deletes who got the newsletter, some at a time; the totals stay.</summary>
internal sealed class ForgetRecipients(Recipients recipients)
{
    [Function(nameof(ForgetRecipients))]
    public async Task<MoreToDo> RunAsync([ActivityTrigger] CampaignStep step, CancellationToken cancellation) =>
        new(await recipients.ForgetSomeAsync(step.Campaign, cancellation));
}
