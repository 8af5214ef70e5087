using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Consent;

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
        var table = await storage.TableAsync(Table);
        var (now, says) = (await legal.NowAsync(cancellation), how.ToString());
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                subscription.Person.Value, subscription.Newsletter.Value, [At], cancellation);
            if (found.HasValue && found.Value!.GetDateTimeOffset(At) >= now) return;
            var row = new TableEntity(subscription.Person.Value, subscription.Newsletter.Value) { [At] = now, ["How"] = says };
            try
            {
                if (found.HasValue)
                {
                    await table.UpdateEntityAsync(row, found.Value!.ETag, TableUpdateMode.Merge, cancellation);
                    return;
                }

                row["PepperVersion"] = people.PepperVersion;
                await table.AddEntityAsync(row, cancellation);
                return;
            }
            catch (RequestFailedException failure) when (failure.Status is 409 or 412)
            {
                // Another click at the same moment: the later of the two stands.
            }
        }
    }
}
