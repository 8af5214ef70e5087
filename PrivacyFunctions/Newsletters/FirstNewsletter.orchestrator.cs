using Microsoft.DurableTask;

namespace PrivacyFunctions.Newsletters;

/// <summary>A campaign that was started with version 1, in one history. It stays as it was until the last of them is over.</summary>
internal static class FirstNewsletter
{
    /// <summary>Runs one campaign to its end.</summary>
    public static async Task RunAsync(TaskOrchestrationContext context, NewsletterInput order)
    {
        var step = new CampaignStep(order.Campaign);
        var steps = CampaignProcedure.Of(context, order.Campaign, order.Version);

        for (int? page = 1; page is { } first;)
            page = (await context.CallSubOrchestratorAsync<NextPage>(
                nameof(SendNewsletterStretch), new NewsletterStretch(order.Campaign, order.Version, first),
                new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{first}"))).Number;

        var kept = await steps.DoAsync(FinishNewsletter.Step, step);
        await context.CreateTimer(kept.Until.UtcDateTime, CancellationToken.None);
        MoreToDo left;
        do left = await steps.DoAsync(ForgetRecipients.Step, step);
        while (left.IsMore);
    }
}
