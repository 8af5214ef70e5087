using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// One issue of a newsletter, from the order to the day on which it is forgotten who got it. Its histories hold ids and page
/// numbers only: the pages themselves are in those of the stretches, and each so many stretches begin a new one.
/// </summary>
internal static class RunNewsletter
{
    private const int StretchesInAHistory = 20;
    private const int CallsInAHistory = 25;

    /// <summary>Runs a campaign until its end, or until it goes on with a new history.</summary>
    [Function(nameof(RunNewsletter))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<NewsletterInput>()!;
        if (WorkflowVersion.IsFirst(order.Version))
        {
            await FirstNewsletter.RunAsync(context, order);
            return;
        }

        var steps = CampaignProcedure.Of(context, order.Campaign, order.Version, $"{order.Round}");
        var next = await SendAsync(context, order);
        if (next.Page is null) next = await ForgetAsync(context, next, steps);
        if (next is not null) context.ContinueAsNew(next with { Round = order.Round + 1 });
    }

    // Every subscriber is met once, page by page; who does not want the newsletter is skipped at that moment.
    private static async Task<NewsletterInput> SendAsync(TaskOrchestrationContext context, NewsletterInput order)
    {
        var page = order.Page;
        for (var stretches = 0; page is { } first && stretches < StretchesInAHistory; stretches++)
            page = (await context.CallSubOrchestratorAsync<NextPage>(
                nameof(SendNewsletterStretch), new NewsletterStretch(order.Campaign, order.Version, first),
                new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{first}"))).Number;
        return order with { Page = page };
    }

    // The totals stay; who got it is kept for a while only.
    private static async Task<NewsletterInput?> ForgetAsync(
        TaskOrchestrationContext context, NewsletterInput order, CampaignProcedure steps)
    {
        var step = new CampaignStep(order.Campaign);
        var until = order.KeptUntil ?? (await steps.DoAsync(FinishNewsletter.Step, step)).Until;
        if (until.UtcDateTime > context.CurrentUtcDateTime) await context.UntilAsync(until.UtcDateTime);
        for (var calls = 0; calls < CallsInAHistory; calls++)
            if (!(await steps.DoAsync(ForgetRecipients.Step, step)).IsMore)
                return null;
        return order with { KeptUntil = until };
    }
}
