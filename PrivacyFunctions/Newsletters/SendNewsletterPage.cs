using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// Brings a newsletter to a page of its subscribers, several at a time. Repeated after a crash, it goes on with those whom no
/// attempt has claimed yet.
/// </summary>
internal sealed class SendNewsletterPage(Campaigns campaigns, Subscribers subscribers, NewsletterPost post)
{
    public static readonly Step<NewsletterPage, NextPage> Step = new(nameof(SendNewsletterPage));

    private const int AtATime = 8;

    [Function(nameof(SendNewsletterPage))]
    public async Task<NextPage> RunAsync([ActivityTrigger] NewsletterPage page, CancellationToken cancellation)
    {
        var campaign = await campaigns.GetAsync(page.Campaign, cancellation);
        var place = await campaigns.PlaceOfAsync(page, cancellation);
        var found = await subscribers.ReadAsync(campaign.Newsletter, place, cancellation);

        var (gate, counts) = (new Lock(), CampaignCounts.None);
        await Parallel.ForEachAsync(
            found.ByMailbox(), new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation },
            async (mailbox, _) =>
            {
                var counted = await post.SendAsync(campaign, page, mailbox);
                lock (gate) counts += counted;
            });

        await campaigns.EndPageAsync(page, counts, found.Next, cancellation);
        return new(found.Next is null ? null : page.Number + 1);
    }
}
