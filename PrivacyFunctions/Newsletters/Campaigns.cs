using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// The newsletters that were ordered: for each a row that decides that it exists, and while it is sent a row for each page of
/// subscribers with its counts and where the next page begins. That place names a person, so it is sealed.
/// </summary>
internal sealed class Campaigns(RecordStorage storage, IDataProtectionProvider protection, LegalTime legal)
{
    /// <summary>The table, which the hints to campaigns share.</summary>
    public const string Table = "privacyCampaigns";

    private const string Row = "campaign";
    private const string PagePrefix = "page-";
    private const string EndOfPages = "page."; // '.' follows '-'
    private const int RowsInATransaction = 100;

    private readonly IDataProtector _seal = protection.CreateProtector("PrivacyFunctions.Consent", "v1", "place in a list");

    /// <summary>Stores a campaign. If it is stored already, that one stands.</summary>
    /// <returns>The campaign as it is stored.</returns>
    public async Task<Campaign> AddAsync(
        CampaignId id, NewsletterName newsletter, NewsletterContent content, Caller caller, CancellationToken cancellation)
    {
        var row = new TableEntity(id.Value, Row)
        {
            ["Newsletter"] = newsletter.Value,
            ["Content"] = content.Write(),
            ["Caller"] = caller.Id, // who ordered it
            ["ReceivedAt"] = await legal.NowAsync(cancellation),
        };
        try
        {
            await (await storage.TableAsync(Table)).AddEntityAsync(row, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // By an earlier order with this id, or by this one before a time-out.
        }

        return await GetAsync(id, cancellation);
    }

    /// <summary>The campaign, or null.</summary>
    public async Task<Campaign?> FindAsync(CampaignId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(id.Value, Row, cancellationToken: cancellation);
        if (!found.HasValue) return null;
        var row = found.Value!;
        return new(
            id, NewsletterName.Parse(row.GetString("Newsletter")), RecordJson.Read<NewsletterContent>(row.GetString("Content")),
            row.GetDateTimeOffset("ReceivedAt")!.Value, row.GetDateTimeOffset("FinishedAt"),
            row.GetString("Attention") is { Length: > 0 } step ? step : null, CountsIn(row));
    }

    /// <summary>The campaign that an orchestration works on.</summary>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public async Task<Campaign> GetAsync(CampaignId id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) ?? throw new InvalidOperationException($"Campaign {id} is not stored.");

    /// <summary>Where a page begins, as the page before it left it; null for the first.</summary>
    /// <exception cref="InvalidOperationException">The page before it is not done, or was the last.</exception>
    public async Task<string?> PlaceOfAsync(NewsletterPage page, CancellationToken cancellation)
    {
        if (page.Number == 1) return null;
        var before = await (await storage.TableAsync(Table)).GetEntityAsync<TableEntity>(
            page.Campaign.Value, KeyOf(page.Number - 1), ["Next"], cancellation);
        return _seal.Open(before.Value.GetString("Next")) is { } place
            ? Encoding.UTF8.GetString(place)
            : throw new InvalidOperationException($"Page {page.Number} of campaign {page.Campaign} has no beginning.");
    }

    /// <summary>A page is done; said again, it replaces what was said before.</summary>
    /// <param name="page">The page.</param>
    /// <param name="counts">What became of its subscribers.</param>
    /// <param name="next">Where the next one begins; null after the last.</param>
    /// <param name="cancellation">Stops before the write.</param>
    public async Task EndPageAsync(
        NewsletterPage page, CampaignCounts counts, string? next, CancellationToken cancellation)
    {
        var row = WithCounts(new(page.Campaign.Value, KeyOf(page.Number)), counts);
        row["Next"] = next is null ? "" : _seal.Seal(Encoding.UTF8.GetBytes(next));
        await (await storage.TableAsync(Table)).UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    /// <summary>Shows on the campaign that a step does not work; null: that it works again.</summary>
    public async Task NoteAsync(CampaignTrouble trouble, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).UpsertEntityAsync(
            new TableEntity(trouble.Campaign.Value, Row) { ["Attention"] = trouble.Step ?? "" },
            TableUpdateMode.Merge, cancellation);

    /// <summary>The counts of the pages that are done so far.</summary>
    public async Task<CampaignCounts> CountAsync(CampaignId id, CancellationToken cancellation)
    {
        var counts = CampaignCounts.None;
        await foreach (var page in PagesAsync(id, cancellation)) counts += CountsIn(page);
        return counts;
    }

    /// <summary>Writes the totals into the campaign's row, once, and then removes the pages.</summary>
    /// <returns>When it was finished; legal time, UTC.</returns>
    public async Task<DateTimeOffset> FinishAsync(CampaignId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var finished = (await GetAsync(id, cancellation)).Finished;
        if (finished is null)
        {
            finished = await legal.NowAsync(cancellation);
            var row = WithCounts(new(id.Value, Row), await CountAsync(id, cancellation));
            row["FinishedAt"] = finished;
            await table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation);
        }

        var pages = await PagesAsync(id, cancellation).ToListAsync(cancellation);
        foreach (var some in pages.Chunk(RowsInATransaction))
            await table.SubmitTransactionAsync(
                some.Select(page => new TableTransactionAction(TableTransactionActionType.Delete, page, ETag.All)), cancellation);
        return finished.Value;
    }

    private async IAsyncEnumerable<TableEntity> PagesAsync(
        CampaignId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {id.Value} and RowKey ge {PagePrefix} and RowKey lt {EndOfPages}");
        var table = await storage.TableAsync(Table);
        await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)) yield return page;
    }

    private static string KeyOf(int page) => $"{PagePrefix}{page:D10}";

    private static CampaignCounts CountsIn(TableEntity row) => new(
        row.GetInt32("Sent") ?? 0, row.GetInt32("Skipped") ?? 0, row.GetInt32("Refused") ?? 0, row.GetInt32("Parked") ?? 0);

    private static TableEntity WithCounts(TableEntity row, CampaignCounts counts)
    {
        (row["Sent"], row["Skipped"]) = (counts.Sent, counts.Skipped);
        (row["Refused"], row["Parked"]) = (counts.Refused, counts.Parked);
        return row;
    }
}
