using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>A newsletter on whatever host: who gets it, how one leaves it by one click, and when its recipients are forgotten.</summary>
[Clause("M-UNSUB")]
public class NewsletterOnAnyHostTests
{
    [Fact]
    [Clause("M-ESSENTIAL")]
    public async Task Newsletter_OneReaderUnsubscribes_NextSkipsThemAReceiptArrivesAndTheRecipientsAreForgotten()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        await SmallCompany.JoinAsync(host, 0); // the stores
        var newsletter = SentNewsletters.FreshName();
        var (first, second) = ($"First of {newsletter}", $"Second of {newsletter}");
        var readers = Enumerable.Range(0, 5).Select(_ => DataSubject.Stranger(host).Address).Order(StringComparer.Ordinal).ToList();
        var (leaver, left) = (readers[0], DataSubject.Stranger(host).Address);
        foreach (var reader in readers.Append(left)) await host.SubscribeAsync(reader, newsletter);
        var gone = await RowOfAsync(host, left, newsletter);
        gone["UnsubscribedAt"] = DateTimeOffset.UtcNow.AddDays(-3);
        await host.Subscriptions().UpdateEntityAsync(gone, gone.ETag);

        var path = await host.OrderAsync(newsletter, first);
        Assert.Equal((5, 1, 0, 0), await host.CountsAsync(path));
        var mails = await host.Outbox.AllAsync(null, first);
        Assert.Equal(readers, mails.Select(mail => mail.To.Single().Email).Order(StringComparer.Ordinal));
        Assert.Equal(5, mails.Select(mail => mail.Headers["List-Unsubscribe"]).Distinct().Count());
        foreach (var mail in mails)
        {
            Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
            var link = mail.Headers["List-Unsubscribe"].Trim('<', '>');
            Assert.EndsWith($"Unsubscribe: {link}", mail.Text!.TrimEnd(), StringComparison.Ordinal);
            Assert.DoesNotContain(mail.To.Single().Email, mail.Text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;b&gt;news", mail.Html); // what the company writes is text
        }

        await host.OneClickAsync(mails.Single(mail => mail.To.Single().Email == leaver).WayOut());

        Assert.Equal((4, 2, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, second)));
        Assert.Empty(await host.Outbox.AllAsync(leaver, second));
        Assert.Equal("sent", await host.MessageAsync(leaver, "transaction", "Your receipt"));
        Assert.Equal("suppressed", await host.MessageAsync(leaver, $"newsletter:{newsletter}", "Unwanted"));
        Assert.Equal([first, "Your receipt"], (await host.Outbox.AllAsync(leaver)).Select(mail => mail.Subject));
        Assert.NotNull((await RowOfAsync(host, leaver, newsletter))["UnsubscribedAt"]); // so that its month begins to run

        // After thirty days nobody can say who was written to; how many were stays.
        var recipients = new TableServiceClient(host.Storage).GetTableClient("privacyNewsletterMails");
        var campaign = path.Split('/')[^1];
        await host.UntilAsync(async () =>
            !await recipients.QueryAsync<TableEntity>(row => row.PartitionKey == campaign).AnyAsync());
        Assert.Equal((5, 1, 0, 0), await host.CountsAsync(path));
        foreach (var reader in readers) Assert.False(await RecordsLook.HoldAsync(host.Storage, reader));
    }

    private static async Task<TableEntity> RowOfAsync(ScenarioHost host, string address, string newsletter) =>
        (await host.Subscriptions().GetEntityAsync<TableEntity>(KeyPath.Encode(EmailAddress.Parse(address)), newsletter)).Value;
}
