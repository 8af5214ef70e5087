using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace PrivacyFunctions.Newsletters;

/// <summary>Some pages of a campaign in a row: as many as one history should hold.</summary>
internal static class SendNewsletterStretch
{
    private const int Pages = 50;

    /// <summary>Sends them; returns the page to go on with.</summary>
    [Function(nameof(SendNewsletterStretch))]
    public static async Task<NextPage> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var stretch = context.GetInput<NewsletterStretch>()!;
        var steps = CampaignProcedure.Of(context, stretch.Campaign, stretch.Version);

        var next = new NextPage(stretch.FirstPage);
        while (next.Number is { } page && page < stretch.FirstPage + Pages)
            next = await steps.DoAsync(SendNewsletterPage.Step, new NewsletterPage(stretch.Campaign, page));
        return next;
    }
}
