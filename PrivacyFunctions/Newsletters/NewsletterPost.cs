using Microsoft.Extensions.Options;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// Brings a newsletter to one subscriber, at most once, if it may go to them. Whether it may is asked after the claim,
/// immediately before sending. From the claim on nothing cancels it: a host that stops waits for the mail under way, because one
/// whose outcome nobody knows is parked for ever.
/// </summary>
internal sealed class NewsletterPost(
    Recipients recipients, ReaderWishes wishes, People people, UnsubscribeLinks links, LetterWriter letters, IMailer mailer,
    IOptions<SiteOptions> site)
{
    /// <summary>Sends, or finds out why not.</summary>
    /// <param name="campaign">The newsletter.</param>
    /// <param name="page">The page of the list.</param>
    /// <param name="rows">The mailbox's rows on it.</param>
    /// <returns>How this subscriber counts on this page.</returns>
    /// <exception cref="MailNotAcceptedException">The provider is not well; the page is tried again later.</exception>
    /// <exception cref="HttpRequestException">The same.</exception>
    public async Task<CampaignCounts> SendAsync(Campaign campaign, NewsletterPage page, IReadOnlyList<Subscriber> rows)
    {
        if (rows is [var only] && await wishes.HasLeftAsync(only, CancellationToken.None)) return CampaignCounts.None with { Skipped = 1 };
        if (!EmailAddress.TryParse(rows[0].Address, out var address)) return CampaignCounts.None with { Refused = 1 };

        var claim = await recipients.ClaimAsync(page, address, CancellationToken.None);
        if (claim.Page != page.Number) return CampaignCounts.None; // the same mailbox in another spelling, counted there
        return Counted(await OutcomeAsync(campaign, claim, rows, address));
    }

    private async Task<MailOutcome> OutcomeAsync(
        Campaign campaign, Claim claim, IReadOnlyList<Subscriber> rows, EmailAddress address)
    {
        if (claim is { IsNew: false, Outcome: not MailOutcome.Claimed }) return claim.Outcome;
        if (!claim.IsNew) return await SettledAsync(claim, MailOutcome.Parked); // left by a crash: it may have gone

        return await SettledAsync(claim, await TryAsync(campaign, claim, rows, address));
    }

    // Fails only when the page is to be tried again, and leaves the claim as that attempt must find it.
    private async Task<MailOutcome> TryAsync(Campaign campaign, Claim claim, IReadOnlyList<Subscriber> rows, EmailAddress address)
    {
        if (await WrittenAsync(campaign, claim, rows, address) is not { } mailing) return MailOutcome.Suppressed;
        try
        {
            var messageId = $"{campaign.Id}.{claim.Key}@{site.Value.BaseUrl.Host}";
            await mailer.SendAsync(address, mailing, messageId, CancellationToken.None);
            return MailOutcome.Sent;
        }
        catch (MailNotAcceptedException refusal) when (refusal.IsForGood)
        {
            return MailOutcome.Refused;
        }
        catch (Exception failure) when (MailFailures.NeverLeft(failure))
        {
            await recipients.ReleaseAsync(claim, CancellationToken.None);
            throw;
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            // This one is lost to the newsletter, but a provider that is not well must not cost everybody after it, too.
            await recipients.SettleAsync(claim, MailOutcome.Parked, CancellationToken.None);
            throw;
        }
    }

    // Null for somebody to whom it may not go. Whatever fails here, such as a list or a key ring that is away: nothing went.
    private async Task<Mailing.Newsletter?> WrittenAsync(Campaign campaign, Claim claim, IReadOnlyList<Subscriber> rows, EmailAddress address)
    {
        try
        {
            var subscription = new Subscription(people.KeyOf(address), campaign.Newsletter);
            return await wishes.AllowAsync(address, subscription, rows, CancellationToken.None)
                ? new Mailing.Newsletter(campaign.Content.ToLetter(), letters.WayOut(campaign.Newsletter, links.Of(subscription)))
                : null;
        }
        catch (Exception)
        {
            await recipients.ReleaseAsync(claim, CancellationToken.None);
            throw;
        }
    }

    private async Task<MailOutcome> SettledAsync(Claim claim, MailOutcome outcome)
    {
        await recipients.SettleAsync(claim, outcome, CancellationToken.None);
        return outcome;
    }

    private static CampaignCounts Counted(MailOutcome outcome) => outcome switch
    {
        MailOutcome.Sent => CampaignCounts.None with { Sent = 1 },
        MailOutcome.Suppressed => CampaignCounts.None with { Skipped = 1 },
        MailOutcome.Refused => CampaignCounts.None with { Refused = 1 },
        _ => CampaignCounts.None with { Parked = 1 },
    };
}
