using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.WebUtilities;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Newsletters;

/// <summary>What became of a mail that must go at most once.</summary>
internal enum MailOutcome
{
    /// <summary>It is about to be sent; found by somebody else, it is not known whether it was.</summary>
    Claimed,

    /// <summary>The provider took it.</summary>
    Sent,

    /// <summary>The person does not want it.</summary>
    Suppressed,

    /// <summary>The provider refuses the address for good.</summary>
    Refused,

    /// <summary>It is not known whether it went: it is not sent again.</summary>
    Parked,
}

/// <summary>
/// Who was written to in a campaign: a row for each person, claimed before the mail is sent, so that nobody gets it twice. The
/// key is derived from person and campaign, so that the rows of two campaigns cannot be joined; there is no address.
/// </summary>
internal sealed class Recipients(RecordStorage storage, People people, LegalTime legal)
{
    private const string Table = "privacyNewsletterMails";
    private const string Set = "newsletter-mails";
    private const string Outcome = "Outcome";
    private const string Page = "Page";
    private const int RowsInATransaction = 100;
    private const int PagesAtOnce = 20; // of a thousand rows: some seconds

    /// <summary>Claims the person for this page, or finds what an earlier claim came to.</summary>
    public async Task<Claim> ClaimAsync(NewsletterPage page, EmailAddress address, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var key = WebEncoders.Base64UrlEncode(people.Derive($"newsletter\n{page.Campaign}", address.Value));
        var row = new TableEntity(page.Campaign.Value, key)
        {
            [Outcome] = nameof(MailOutcome.Claimed),
            [Page] = page.Number,
            ["At"] = await legal.NowAsync(cancellation),
        };
        try
        {
            var added = await table.AddEntityAsync(row, cancellation);
            return new(page.Campaign, key, IsNew: true, MailOutcome.Claimed, page.Number, added.Headers.ETag!.Value);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            var found = (await table.GetEntityAsync<TableEntity>(
                row.PartitionKey, row.RowKey, cancellationToken: cancellation)).Value;
            return new(
                page.Campaign, key, IsNew: false, Enum.Parse<MailOutcome>(found.GetString(Outcome)), found.GetInt32(Page)!.Value,
                found.ETag);
        }
    }

    /// <summary>Notes what became of the mail, unless somebody else has settled it meanwhile: then that stands.</summary>
    public async Task SettleAsync(Claim claim, MailOutcome outcome, CancellationToken cancellation)
    {
        var change = new TableEntity(claim.Campaign.Value, claim.Key) { [Outcome] = outcome.ToString() };
        try
        {
            await (await storage.TableAsync(Table)).UpdateEntityAsync(change, claim.ETag, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // A second attempt at this page took over a claim of ours that looked left behind.
        }
    }

    /// <summary>The mail certainly did not go: another attempt may claim the person.</summary>
    public async Task ReleaseAsync(Claim claim, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(claim.Campaign.Value, claim.Key, claim.ETag, cancellation);

    /// <summary>Forgets some of those who were written to.</summary>
    /// <returns>Whether there are more.</returns>
    public async Task<bool> ForgetSomeAsync(CampaignId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value}");
        var pages = table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation)
            .AsPages().Take(PagesAtOnce);
        var isMore = false;
        await foreach (var page in pages)
        {
            foreach (var some in page.Values.Chunk(RowsInATransaction))
            {
                await table.SubmitTransactionAsync(
                    some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                    cancellation);
                Deletions.Count(Set, some.Length);
            }

            isMore = page.ContinuationToken is { Length: > 0 };
        }

        return isMore;
    }
}

/// <summary>A person's place in a campaign.</summary>
/// <param name="Key">Names the person within the campaign, and the mail.</param>
/// <param name="IsNew">Whether it was made just now, by this attempt.</param>
/// <param name="Page">The page on which the person was met first.</param>
internal sealed record Claim(CampaignId Campaign, string Key, bool IsNew, MailOutcome Outcome, int Page, ETag ETag);
