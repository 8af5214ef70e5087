using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// Starts campaigns so that none is lost: a hint is written before the campaign's row and removed once its orchestration is
/// started. What is still there after a while was left by a crash, and <see cref="StartPendingNewsletters"/> takes it up.
/// </summary>
internal sealed class NewsletterStarts(RecordStorage storage, Campaigns campaigns, TimeProvider time)
{
    private const string Pending = "pending";
    private const string WrittenAt = "WrittenAt";

    /// <summary>Says that a campaign is about to be stored.</summary>
    public async Task AnnounceAsync(CampaignId id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Campaigns.Table)).UpsertEntityAsync(
            new TableEntity(Pending, id.Value) { [WrittenAt] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);

    /// <summary>Starts a stored campaign, once, and removes its hint. One that is not stored (yet) keeps it.</summary>
    /// <returns>Whether it is stored.</returns>
    public async Task<bool> StartAsync(DurableTaskClient client, CampaignId id, CancellationToken cancellation)
    {
        if (await campaigns.FindAsync(id, cancellation) is not { } campaign) return false;
        if (campaign.Finished is null)
            await client.StartOnceAsync(
                nameof(RunNewsletter), NewsletterInput.InstanceOf(id), NewsletterInput.For(id), cancellation);
        await ForgetAsync(id, cancellation);
        return true;
    }

    /// <summary>Removes a hint.</summary>
    public async Task ForgetAsync(CampaignId id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Campaigns.Table)).DeleteEntityAsync(Pending, id.Value, ETag.All, cancellation);

    /// <summary>The hints that are older than that instant.</summary>
    public async IAsyncEnumerable<(CampaignId Campaign, DateTimeOffset At)> OlderThanAsync(
        DateTimeOffset instant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Pending} and WrittenAt lt {instant}");
        var table = await storage.TableAsync(Campaigns.Table);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return (CampaignId.Parse(row.RowKey), row.GetDateTimeOffset(WrittenAt)!.Value);
    }
}
