using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Newsletters.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Newsletters;

/// <summary>A row of the company's list. Its address may be none: a form let it through.</summary>
internal sealed record Subscriber(string PartitionKey, ETag ETag, string? Address, ListEntry Entry);

/// <summary>Some rows, and where the list goes on; null at its end.</summary>
internal sealed record SubscriberPage(IReadOnlyList<Subscriber> Subscribers, string? Next)
{
    /// <summary>The rows of one mailbox together, in whichever spelling of its address; what is no address stands alone.</summary>
    public IEnumerable<IReadOnlyList<Subscriber>> ByMailbox() => Subscribers
        .GroupBy(row => EmailAddress.TryParse(row.Address, out var address) ? address.Value : $"{row.PartitionKey}\n{row.Address}")
        .Select(rows => rows.ToList());
}

/// <summary>
/// The company's list of subscribers: the data map's set with a <c>subscription</c>, a table whose row key is the newsletter.
/// Read page by page, so that memory stays bounded however long the list is.
/// </summary>
internal sealed class Subscribers(DataMapRegister map, CompanyStorage storage)
{
    private const int PageSize = 100;

    /// <summary>The data set that it is.</summary>
    /// <exception cref="InvalidOperationException">The company has none.</exception>
    public DataSet Set => map.Newsletters
        ?? throw new InvalidOperationException("The data map names no list of newsletter subscribers: no set has 'subscription'.");

    private SubscriptionFields Fields => Set.Subscription!;

    private string[] Columns =>
        ["PartitionKey", "RowKey", Fields.Address, Fields.JoinedAt, Fields.Proof, Fields.LeftAt];

    /// <summary>The page that begins there; null: the first.</summary>
    public async Task<SubscriberPage> ReadAsync(NewsletterName newsletter, string? place, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"RowKey eq {newsletter.Value}");
        var pages = storage.Table(Set)
            .QueryAsync<TableEntity>(filter, PageSize, Columns, cancellation)
            .AsPages(place, PageSize);
        var page = await pages.FirstOrDefaultAsync(cancellation);
        return new(
            [.. (page?.Values ?? []).Select(row => Read(row, Fields))],
            page?.ContinuationToken is { Length: > 0 } next ? next : null);
    }

    /// <summary>The row of the owner of that address; null if there is none.</summary>
    public async Task<Subscriber?> FindAsync(EmailAddress address, NewsletterName newsletter, CancellationToken cancellation)
    {
        var row = await storage.Table(Set).GetEntityIfExistsAsync<TableEntity>(
            Set.Find!.Key.Fill(address), newsletter.Value, Columns, cancellation);
        return row.HasValue ? Read(row.Value!, Fields) : null;
    }

    /// <summary>
    /// Writes into the company's row that its person unsubscribed, so that its retention runs. A row that was changed meanwhile
    /// stays as it is: the next newsletter meets it again.
    /// </summary>
    public async Task NoteLeftAsync(
        Subscriber subscriber, NewsletterName newsletter, DateTimeOffset since, CancellationToken cancellation)
    {
        var change = new TableEntity(subscriber.PartitionKey, newsletter.Value) { [Fields.LeftAt] = since };
        try
        {
            await storage.Table(Set).UpdateEntityAsync(change, subscriber.ETag, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            // Erased or changed by the company since the page was read.
        }
    }

    /// <summary>
    /// What a row says. A value of a wrong type must not stop the newsletter of everybody else: as an address, a subscription's
    /// date or its proof it is none, and where the date of unsubscribing belongs it says that they left, for good.
    /// </summary>
    internal static Subscriber Read(TableEntity row, SubscriptionFields fields) => new(
        row.PartitionKey, row.ETag, Value(row, fields.Address) as string,
        new(
            Value(row, fields.JoinedAt) as DateTimeOffset?, !string.IsNullOrWhiteSpace(Value(row, fields.Proof) as string),
            Value(row, fields.LeftAt) is { } left ? left as DateTimeOffset? ?? DateTimeOffset.MaxValue : null));

    private static object? Value(TableEntity row, string column) => row.TryGetValue(column, out var value) ? value : null;
}
