using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What every mail keeps to, whatever it says.</summary>
[Clause("C-SECURE")]
public class MailTests
{
    [Fact]
    public async Task Mails_OfARequest_AreUntrackedIdentifiedAndNameNobodyButTheirRecipient()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        await person.DownloadAsync();

        var mails = await host.Outbox.AllAsync(person.Address);
        Assert.Equal(3, mails.Count);
        Assert.Equal(3, mails.Select(mail => mail.Headers["Message-ID"]).Distinct().Count());
        foreach (var mail in mails)
        {
            Assert.Equal([person.Address], mail.To.Select(to => to.Email));
            Assert.StartsWith($"<{reference}.", mail.Headers["Message-ID"], StringComparison.Ordinal);
            Assert.Contains($"Reference: {reference}", mail.Text);
            Assert.DoesNotContain(person.Address, mail.Text);
            Assert.DoesNotContain(person.Address, JsonSerializer.Serialize(mail.CustomArgs));
            Assert.DoesNotContain("<img", mail.Html);
            var tracking = mail.TrackingSettings!.Value;
            foreach (var kind in new[] { "click_tracking", "open_tracking", "subscription_tracking" })
                Assert.False(tracking.GetProperty(kind).GetProperty("enable").GetBoolean());
        }
    }

    [LocalFact("lets everybody's mails fail", typeof(MailTests))]
    public async Task Mail_AcceptedButNotAnswered_IsSentAgainUnderTheSameMessageId()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        await host.RefuseMailsAsync(next: 1, status: 503, acceptButFail: true);
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await host.PassAsync(TimeSpan.FromMinutes(5));

        var mails = await host.Outbox.AllAsync(person.Address, Mails.Confirm);
        Assert.Equal(2, mails.Count); // a legal notice goes at least once
        Assert.Single(mails.Select(mail => mail.Headers["Message-ID"]).Distinct());
    }
}
