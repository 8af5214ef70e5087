using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace PrivacyFunctions.Consent;

/// <summary>
/// One issue of a newsletter, from the order to the day on which it is forgotten who got it. Its history holds ids and page
/// numbers only, and an event or two for each five thousand subscribers: the pages themselves are in the stretches' histories.
/// </summary>
internal static class RunNewsletter
{
    /// <summary>Runs one campaign to its end.</summary>
    [Function(nameof(RunNewsletter))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<NewsletterInput>()!;
        var step = new CampaignStep(order.Campaign);
        var steps = new CampaignSteps(context, order.Campaign);

        // Every subscriber is met once, page by page; who does not want the newsletter is skipped at that moment.
        for (int? page = 1; page is { } first;)
            page = (await context.CallSubOrchestratorAsync<NextPage>(
                nameof(SendNewsletterStretch), new NewsletterStretch(order.Campaign, order.Version, first),
                new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{first}"))).Number;

        // The totals stay; who got it is kept for a while only.
        var kept = await steps.DoAsync<RecipientsKept>(nameof(FinishNewsletter), step);
        await context.CreateTimer(kept.Until.UtcDateTime, CancellationToken.None);
        MoreToDo left;
        do left = await steps.DoAsync<MoreToDo>(nameof(ForgetRecipients), step);
        while (left.IsMore);
    }
}
