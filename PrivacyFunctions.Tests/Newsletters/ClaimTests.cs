using System.Security.Cryptography;
using Azure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Newsletters.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Newsletters;

/// <summary>What fails before a mail is handed over costs nobody the mail; on real tables.</summary>
[Clause("M-UNSUB")]
public class ClaimTests
{
    private static readonly EmailAddress Reader = EmailAddress.Parse($"r-{Guid.NewGuid():N}@example.org");
    private static readonly NewsletterName News = NewsletterName.Parse("news");

    private readonly ListeningMailer _mailer = new();

    [Fact]
    public async Task Newsletter_KeyRingIsAway_GoesByTheNextAttempt()
    {
        var page = new NewsletterPage(CampaignId.FromBytes(Guid.NewGuid().ToByteArray()), 1);
        var campaign = new Campaign(
            page.Campaign, News, new("News", ["Words"]), DateTimeOffset.UtcNow, null, null, CampaignCounts.None);
        var subscriber = new Subscriber("p", default(ETag), Reader.Value, ListEntry.None);

        var away = await OpenAsync(new KeyRingAway());
        await Assert.ThrowsAsync<CryptographicException>(() => away.Post.SendAsync(campaign, page, [subscriber]));
        var back = await OpenAsync(new EphemeralDataProtectionProvider());

        Assert.Equal(CampaignCounts.None with { Sent = 1 }, await back.Post.SendAsync(campaign, page, [subscriber]));
        Assert.Equal(1, _mailer.Sent);
    }

    /// <summary>The company's list has the mailbox twice, in two spellings: the latest word of both counts.</summary>
    [Theory]
    [InlineData(-4, -2, 1)]
    [InlineData(-2, -4, 0)]
    public async Task Newsletter_MailboxOfTwoRows_GoesOnceIfItsLatestWordIsYes(int leftYears, int joinedYears, int sent)
    {
        var page = new NewsletterPage(CampaignId.FromBytes(Guid.NewGuid().ToByteArray()), 1);
        var (now, none) = (DateTimeOffset.UtcNow, new ETag("W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\""));
        var campaign = new Campaign(page.Campaign, News, new("News", ["Words"]), now, null, null, CampaignCounts.None);
        var left = new Subscriber(
            "p", none, Reader.Value.ToUpperInvariant(), ListEntry.None with { UnsubscribedAt = now.AddYears(leftYears) });
        var joined = new Subscriber("q", none, Reader.Value, new(now.AddYears(joinedYears), HasProof: true, UnsubscribedAt: null));
        var rows = new SubscriberPage([left, joined, new("r", none, "no address", ListEntry.None)], Next: null);
        Assert.Equal([2, 1], rows.ByMailbox().Select(mailbox => mailbox.Count));

        var (post, _, _) = await OpenAsync(new EphemeralDataProtectionProvider());

        Assert.Equal(
            CampaignCounts.None with { Sent = sent, Skipped = 1 - sent }, await post.SendAsync(campaign, page, rows.ByMailbox().First()));
        Assert.Equal(sent, _mailer.Sent);
    }

    [Fact]
    public async Task Message_KeyRingIsAway_GoesByTheNextAttempt()
    {
        var message = new CompanyMessage($"{Guid.NewGuid():N}", Reader, new MessageKind.Newsletter(News), "News", "Words", "sys-1");

        var away = await OpenAsync(new KeyRingAway());
        await Assert.ThrowsAsync<CryptographicException>(() => away.Gate.PassAsync(message, default));
        var back = await OpenAsync(new EphemeralDataProtectionProvider());

        Assert.Equal(GateAnswer.Sent, await back.Gate.PassAsync(message, default));
        var row = (await (await SharedRecords.OpenAsync()).Storage.TableAsync("privacyMessages"))
            .GetEntity<Azure.Data.Tables.TableEntity>(back.Messages.NameOf(message.Id), "message").Value;
        Assert.Equal("sys-1", row.GetString("Caller"));
    }

    [Theory]
    [InlineData("other@example.org", "News", "Words")]
    [InlineData("", "Other news", "Words")]
    [InlineData("", "News", "Other words")]
    public async Task Message_OfAnIdThatAnotherOneHad_IsRefusedAndTheSameOneSentOnce(string to, string subject, string text)
    {
        var (_, gate, _) = await OpenAsync(new EphemeralDataProtectionProvider());
        var first = new CompanyMessage($"{Guid.NewGuid():N}", Reader, new MessageKind.Newsletter(News), "News", "Words", "sys-1");
        Assert.Equal(GateAnswer.Sent, await gate.PassAsync(first, default));

        var other = first with { To = to == "" ? Reader : EmailAddress.Parse(to), Subject = subject, Text = text };
        Assert.Equal(GateAnswer.AnotherMessage, await gate.PassAsync(other, default));
        Assert.Equal(GateAnswer.Sent, await gate.PassAsync(first, default));
        Assert.Equal(1, _mailer.Sent);
    }

    private async Task<(NewsletterPost Post, MessageGate Gate, SentMessages Messages)> OpenAsync(IDataProtectionProvider protection)
    {
        var storage = (await SharedRecords.OpenAsync()).Storage;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("Records:Storage", (string?)await SharedAzurite.ConnectionStringAsync())]).Build();
        var (map, company) = (DataMapRegister.LoadEmbedded(), new CompanyStorage(configuration));
        await company.Table(map[DataSetId.Parse("newsletter-subscriptions")]).CreateIfNotExistsAsync();
        var legal = new LegalTime(Options.Create(new PolicyOptions()), storage, TimeProvider.System);
        var people = new People(
            storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(new byte[32]) }), TimeProvider.System);
        var site = Options.Create(new SiteOptions { BaseUrl = new("https://privacy.example.com") });
        var links = new UnsubscribeLinks(protection, new(site, new(new EphemeralDataProtectionProvider())));
        var subscribers = new Subscribers(map, company);
        await company.Table(map.Directory).CreateIfNotExistsAsync();
        var holds = new Holds(storage, people, TimeProvider.System);
        var stopped = new StoppedUse(
            holds, new(storage, people, holds, TimeProvider.System), new(map, new PersonalDataSources([new TableDataSource(company)])), map);
        var wishes = new ReaderWishes(new(storage, people, legal), subscribers, stopped, legal);
        var messages = new SentMessages(storage, people, legal);
        return (
            new(new(storage, people, legal), wishes, people, links, TestLetters.Writer, _mailer, site),
            new(messages, wishes, subscribers, links, people, TestLetters.Writer, _mailer, site), messages);
    }

    /// <summary>Keys that nobody can get at.</summary>
    private sealed class KeyRingAway : IDataProtectionProvider, IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => throw new CryptographicException();

        public byte[] Unprotect(byte[] protectedData) => throw new CryptographicException();
    }
}
