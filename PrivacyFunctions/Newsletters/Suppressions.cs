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
}

/// <summary>
/// Who said that they want which newsletter no more, and when they said it last: a row for each person and newsletter, keyed,
/// without an address. It is read from the table each time, never from memory, so that a withdrawal counts at once on every
/// instance. Nothing here removes a row or gives it an earlier date; a later subscription wins over it (<see cref="ReaderWishes"/>).
/// </summary>
internal sealed class Suppressions(RecordStorage storage, People people, LegalTime legal)
{
    private const string Table = "privacySuppressions";
    private const string At = "At";
    private const int MostRemembered = 1000;

    // What this instance wrote last. Only a guess at what the table holds, which refuses it if anybody has written since.
    private readonly ConcurrentDictionary<Subscription, Click> _written = new();

    /// <summary>When the person last said that they do not want the newsletter (legal time, UTC); null if they never did.</summary>
    public async Task<DateTimeOffset?> SinceAsync(Subscription subscription, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            subscription.Person.Value, subscription.Newsletter.Value, [At], cancellation);
        return row.HasValue ? row.Value!.GetDateTimeOffset(At) : null;
    }

    /// <summary>
    /// Notes that the person does not want the newsletter; stored when this returns. The latest time counts: they may have
    /// subscribed again since an earlier one, which nobody can tell from the link alone.
    /// </summary>
    public async Task AddAsync(Subscription subscription, SuppressedBy how, CancellationToken cancellation)
    {
        var (table, now) = (await storage.TableAsync(Table), await legal.NowAsync(cancellation));
        var row = new TableEntity(subscription.Person.Value, subscription.Newsletter.Value) { [At] = now, ["How"] = how.ToString() };
        var first = new TableEntity(row) { ["PepperVersion"] = people.PepperVersion };
        // It is mostly their first click, or one that repeats the last. The table is read only when it refuses that.
        var known = _written.TryGetValue(subscription, out var written) && written.At < now ? written : null;
        while (true)
        {
            try
            {
                var stored = await (known is null
                    ? table.AddEntityAsync(first, cancellation)
                    : table.UpdateEntityAsync(row, known.ETag, TableUpdateMode.Merge, cancellation));
                Remember(subscription, new(now, stored.Headers.ETag!.Value));
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

    private void Remember(Subscription subscription, Click click)
    {
        if (_written.Count >= MostRemembered) _written.Clear();
        _written[subscription] = click;
    }

    private sealed record Click(DateTimeOffset At, ETag ETag);
}
