using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Newsletters;

/// <summary>How somebody unsubscribed.</summary>
internal enum SuppressedBy
{
    /// <summary>By the button of the page behind the link.</summary>
    Page,

    /// <summary>By the mail program's own button (RFC 8058).</summary>
    OneClick,

    /// <summary>By an objection to all direct marketing (art. 21(2), (3); R-OBJECT).</summary>
    Objection,
}

/// <summary>
/// Who said that they want which newsletter no more, or no direct marketing at all, and when they said it last: a row for each person
/// and newsletter, keyed, without an address. It is read from the table each time, never from memory, so that a withdrawal counts at once on every
/// instance. Nothing here removes a row or gives it an earlier date; a later subscription wins over it (<see cref="ReaderWishes"/>).
/// </summary>
internal sealed class Suppressions(RecordStorage storage, People people, LegalTime legal)
{
    private const string Table = "privacySuppressions";
    private const string At = "At";
    private const int MostRemembered = 1000;

    // Stands for every newsletter: no newsletter can be called so.
    private const string AllMarketing = "*";

    // What this instance wrote last. Only a guess at what the table holds, which refuses it if anybody has written since.
    private readonly ConcurrentDictionary<(PersonKey Person, string Newsletter), Click> _written = new();

    /// <summary>When the person last said that they do not want the newsletter, or any (legal time, UTC); null if they never did.</summary>
    public async Task<DateTimeOffset?> SinceAsync(Subscription subscription, CancellationToken cancellation)
    {
        var (person, newsletter) = (subscription.Person.Value, subscription.Newsletter.Value);
        var rows = (await storage.TableAsync(Table)).QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {person} and (RowKey eq {newsletter} or RowKey eq {AllMarketing})"),
            select: [At], cancellationToken: cancellation);
        return (await rows.ToListAsync(cancellation)).Max(row => row.GetDateTimeOffset(At));
    }

    /// <summary>Whether the person wants no direct marketing at all.</summary>
    public async Task<bool> HasObjectedAsync(PersonKey person, CancellationToken cancellation) =>
        (await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(person.Value, AllMarketing, [At], cancellation)).HasValue;

    /// <summary>
    /// Notes that the person does not want the newsletter; stored when this returns. The latest time counts: they may have
    /// subscribed again since an earlier one, which nobody can tell from the link alone.
    /// </summary>
    public Task AddAsync(Subscription subscription, SuppressedBy how, CancellationToken cancellation) =>
        AddAsync(subscription.Person, subscription.Newsletter.Value, how, at: null, cancellation);

    /// <summary>Notes that the person wants no direct marketing at all; stored when this returns. The latest time counts.</summary>
    /// <param name="person">Who.</param>
    /// <param name="receivedAt">When they said so; legal time, UTC.</param>
    /// <param name="cancellation">Stops before it is stored.</param>
    public Task ObjectAsync(PersonKey person, DateTimeOffset receivedAt, CancellationToken cancellation) =>
        AddAsync(person, AllMarketing, SuppressedBy.Objection, receivedAt, cancellation);

    private async Task AddAsync(
        PersonKey person, string newsletter, SuppressedBy how, DateTimeOffset? at, CancellationToken cancellation)
    {
        var (table, now) = (await storage.TableAsync(Table), at ?? await legal.NowAsync(cancellation));
        var row = new TableEntity(person.Value, newsletter) { [At] = now, ["How"] = how.ToString() };
        var first = new TableEntity(row) { ["PepperVersion"] = people.PepperVersion };
        // It is mostly their first click, or one that repeats the last. The table is read only when it refuses that.
        var known = _written.TryGetValue((person, newsletter), out var written) && written.At < now ? written : null;
        while (true)
        {
            try
            {
                var stored = await (known is null
                    ? table.AddEntityAsync(first, cancellation)
                    : table.UpdateEntityAsync(row, known.ETag, TableUpdateMode.Merge, cancellation));
                Remember((person, newsletter), new(now, stored.Headers.ETag!.Value));
                return;
            }
            catch (RequestFailedException failure) when (failure.Status is 409 or 412 || failure.ErrorCode == TableErrorCode.ResourceNotFound)
            {
                // Another click at the same moment, or an earlier one: the latest stands.
                var found = await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, [At], cancellation);
                known = found.HasValue ? new(found.Value!.GetDateTimeOffset(At)!.Value, found.Value.ETag) : null;
                if (known?.At >= now) return;
            }
        }
    }

    private void Remember((PersonKey Person, string Newsletter) row, Click click)
    {
        if (_written.Count >= MostRemembered) _written.Clear();
        _written[row] = click;
    }

    private sealed record Click(DateTimeOffset At, ETag ETag);
}
