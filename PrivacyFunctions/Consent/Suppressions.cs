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
/// Who wants which newsletter no more: a row for each person and newsletter, keyed, without an address. It is read from the
/// table each time, never from memory, so that a withdrawal counts at once on every instance. Nothing here removes a row.
/// </summary>
internal sealed class Suppressions(RecordStorage storage, People people, LegalTime legal)
{
    private const string Table = "privacySuppressions";
    private const string At = "At";

    /// <summary>Since when the person does not want the newsletter (legal time, UTC); null if they never said so.</summary>
    public async Task<DateTimeOffset?> SinceAsync(Subscription subscription, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            subscription.Person.Value, subscription.Newsletter.Value, [At], cancellation);
        return row.HasValue ? row.Value!.GetDateTimeOffset(At) : null;
    }

    /// <summary>Notes that the person does not want the newsletter; stored when this returns. The first time counts.</summary>
    public async Task AddAsync(Subscription subscription, SuppressedBy how, CancellationToken cancellation)
    {
        var row = new TableEntity(subscription.Person.Value, subscription.Newsletter.Value)
        {
            [At] = await legal.NowAsync(cancellation),
            ["How"] = how.ToString(),
            ["PepperVersion"] = people.PepperVersion,
        };
        try
        {
            await (await storage.TableAsync(Table)).AddEntityAsync(row, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // Unsubscribed before, or at the same moment: that stands.
        }
    }
}
