using System.Net;
using System.Net.Http.Headers;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A newsletter reaches everybody who wants it, nobody who does not, and nobody twice, whatever fails.</summary>
[Clause("M-UNSUB")]
public class NewsletterTests
{
    [LocalFact("reads its clock", typeof(NewsletterOnAnyHostTests))]
    [Clause("M-ESSENTIAL")]
    public async Task SampleSubscribers_OneUnsubscribes_NextSkipsThemAndAReceiptArrives()
    {
        await using var host = await LocalHostHere.StartAsync();
        const string Reader = SamplePeople.NewsletterOnly;
        var rows = await host.Subscriptions().QueryAsync<TableEntity>().ToListAsync();
        var newsletter = rows.First(row => row.GetString("Email") == Reader).RowKey;
        var wanting = rows.Where(row => row.RowKey == newsletter && row["UnsubscribedAt"] is null)
            .Select(row => row.GetString("Email").ToLowerInvariant()).Order(StringComparer.Ordinal).ToList();
        var left = rows.Count(row => row.RowKey == newsletter) - wanting.Count;
        Assert.NotEqual(0, left); // the sample has some who left, or this test shows less than it says

        Assert.Equal((wanting.Count, left, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "First issue")));
        var mails = await host.Outbox.AllAsync(null, "First issue");
        Assert.Equal(wanting, mails.Select(mail => mail.To.Single().Email).Order(StringComparer.Ordinal));
        Assert.Equal(mails.Count, mails.Select(mail => mail.Headers["List-Unsubscribe"]).Distinct().Count());
        foreach (var mail in mails)
        {
            Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
            var link = mail.Headers["List-Unsubscribe"].Trim('<', '>');
            Assert.EndsWith($"Unsubscribe: {link}", mail.Text!.TrimEnd(), StringComparison.Ordinal);
            Assert.Contains($"<a href=\"{link}\">Unsubscribe</a>", mail.Html);
            Assert.DoesNotContain(mail.To.Single().Email, mail.Text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;b&gt;news", mail.Html); // what the company writes is text
            Assert.False(mail.TrackingSettings!.Value.GetProperty("subscription_tracking").GetProperty("enable").GetBoolean());
        }

        await host.OneClickAsync(mails.Single(mail => mail.To.Single().Email == Reader).WayOut());

        var second = await host.CountsAsync(await host.OrderAsync(newsletter, "Second issue"));
        Assert.Equal((wanting.Count - 1, left + 1, 0, 0), second);
        Assert.Empty(await host.Outbox.AllAsync(Reader, "Second issue"));
        Assert.Equal("sent", await host.MessageAsync(Reader, "transaction", "Your receipt"));
        Assert.Equal("sent", await host.MessageAsync(Reader, "newsletter:another-letter", "Another letter"));
        Assert.Equal("suppressed", await host.MessageAsync(Reader, $"newsletter:{newsletter}", "Unwanted"));
        Assert.Equal(
            ["First issue", "Your receipt", "Another letter"], (await host.Outbox.AllAsync(Reader)).Select(mail => mail.Subject));

        // The company's own row says so too, so that its month begins to run.
        var row = await host.Subscriptions().QueryAsync<TableEntity>(row => row.RowKey == newsletter)
            .SingleAsync(row => row.GetString("Email") == Reader);
        var now = await host.NowAsync();
        Assert.InRange(row.GetDateTimeOffset("UnsubscribedAt")!.Value, now.AddMinutes(-5), now);
    }

    [Fact]
    public async Task Newsletter_ReaderLeavesComesBackAndLeaves_FollowsTheirLatestWordAndDatesOnlyGrow()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        await host.SubscribeAgainAsync(reader, newsletter, DateTimeOffset.UtcNow.AddDays(-1));
        var wayOut = await host.WayOutAsync(reader, newsletter);

        await host.OneClickAsync(wayOut);
        var first = await host.ClickedAtAsync(newsletter);
        Assert.Equal((0, 1, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "First issue")));
        Assert.Equal(first, await host.LeftAtAsync(reader, newsletter));

        // Once more: the list keeps the date that it has.
        await host.OneClickAsync(wayOut);
        Assert.Equal((0, 1, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "Second issue")));
        Assert.Equal(first, await host.LeftAtAsync(reader, newsletter));

        await host.SubscribeAgainAsync(reader, newsletter, (await host.ClickedAtAsync(newsletter)).AddMilliseconds(1));
        Assert.Equal((1, 0, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "Third issue")));

        await host.OneClickAsync(wayOut);
        Assert.Equal((0, 1, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "Fourth issue")));
        Assert.Equal(await host.ClickedAtAsync(newsletter), await host.LeftAtAsync(reader, newsletter));
        Assert.Single(await host.Outbox.AllAsync(reader, "Third issue"));
        Assert.Empty(await host.Outbox.AllAsync(reader, "Fourth issue"));
    }

    [LocalFact("lets everybody's mails fail", typeof(NewsletterOnAnyHostTests))]
    public async Task Newsletter_MailAcceptedButNotAnswered_IsParkedAndNotSentAgain()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var newsletter = SentNewsletters.FreshName();
        var readers = await host.SubscribeManyAsync(newsletter, 20);
        await host.RefuseMailsAsync(next: 1, status: 503, acceptButFail: true);

        var path = await host.OrderAsync(newsletter, "News");
        await host.UntilAsync(() => Task.FromResult(host.Output.Contains("SendNewsletterPage failed", StringComparison.Ordinal)));
        await host.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((readers.Count - 1, 0, 0, 1), await host.CountsAsync(path));
        Assert.Equal(readers, await host.RecipientsAsync("News"));
    }

    [LocalFact("lets everybody's mails fail", typeof(NewsletterOnAnyHostTests))]
    public async Task Newsletter_ProviderRefusesForAWhile_ReachesEverybodyButWhoUnsubscribedMeanwhile()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var newsletter = SentNewsletters.FreshName();
        var readers = await host.SubscribeManyAsync(newsletter, 5);
        var wayOut = await host.WayOutAsync(readers[0], newsletter);
        await host.RefuseMailsAsync(next: 200, status: 429);

        var path = await host.OrderAsync(newsletter, "News");
        await host.UntilAsync(() => Task.FromResult(host.Output.Contains("SendNewsletterPage failed", StringComparison.Ordinal)));
        await host.OneClickAsync(wayOut);
        await host.PassAsync(TimeSpan.FromMinutes(30)); // the first round of attempts is over: somebody should look
        Assert.Equal("SendNewsletterPage", (await host.NewsletterAsync(path)).GetProperty("attention").GetString());
        await host.RefuseMailsAsync(next: 0, status: 429);
        await host.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal((readers.Count - 1, 1, 0, 0), await host.CountsAsync(path));
        Assert.Equal(readers.Skip(1), await host.RecipientsAsync("News"));
        Assert.False((await host.NewsletterAsync(path)).TryGetProperty("attention", out _));
    }

    [Fact]
    public async Task Newsletter_AddressThatIsNoneOrRefused_CountsAsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        var newsletter = SentNewsletters.FreshName();
        await host.Subscriptions().AddEntityAsync(new TableEntity("bm9ib2R5", newsletter) { ["Email"] = "nobody" });
        Assert.Equal((0, 0, 1, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "News")));
    }

    [Fact]
    public async Task Order_RepeatedUnderItsKey_IsOneCampaignAndTheKeyServesNoOther()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter, key) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName(), Guid.NewGuid().ToString());
        await host.SubscribeAsync(reader, newsletter);
        var orders = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.OrderAsync(newsletter, "News", key)));

        Assert.Single(orders.Distinct());
        Assert.Equal((1, 0, 0, 0), await host.CountsAsync(orders[0]));
        Assert.Single(await host.Outbox.AllAsync(reader, "News"));
        using var other = await host.PostAsOperatorAsync(
            "api/operator/newsletters", new { newsletter, subject = "Other news", paragraphs = new[] { "Words." } }, key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Theory]
    [InlineData("application/json", """{"newsletter":"Product News","subject":"S","paragraphs":["W"]}""", 422)]
    [InlineData("application/json", """{"newsletter":"../up","subject":"S","paragraphs":["W"]}""", 422)]
    [InlineData("application/json", """{"newsletter":"letter","subject":"","paragraphs":["W"]}""", 422)]
    [InlineData("application/json", """{"newsletter":"letter","subject":"S","paragraphs":[]}""", 422)]
    [InlineData("application/json", """{"newsletter":"letter","subject":"S","paragraphs":["W",null]}""", 422)]
    [InlineData("application/json", """{"newsletter":"letter","subject":"S","paragraphs":"W"}""", 400)]
    [InlineData("application/json", "null", 422)]
    [InlineData("application/json", "{", 400)]
    [InlineData("text/plain", "letter", 415)]
    [InlineData("application/json", "long", 413)]
    public async Task Order_Wrong_IsRefused(string type, string body, int status)
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/operator/newsletters")
        {
            Content = new StringContent(body == "long" ? new string(' ', 100_000) : body, new MediaTypeHeaderValue(type)),
        };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("pending")]
    public async Task Look_AtANewsletterThatIsNone_SaysSo(string id)
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/newsletters/{id}");
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
