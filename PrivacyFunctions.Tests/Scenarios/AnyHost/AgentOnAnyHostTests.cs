using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>Somebody asks in another person's name: the person confirms it and gets the answer, the agent hears how it stands and nothing else.</summary>
[Clause("L9")]
[Clause("R-EVERYONE")]
[Clause("R-ACCESS")]
public class AgentOnAnyHostTests
{
    [Fact]
    public async Task Access_AskedByAnAgent_IsConfirmedByThePersonAndAnsweredToThemAlone()
    {
        var host = await ScenarioHost.SharedAsync();
        var ((person, _), agent) = (await SmallCompany.JoinAsPersonAsync(host), DataSubject.Stranger(host).Address);
        var reference = await person.AskAsync(agent: agent);

        var asks = await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm);
        Assert.Contains($"They gave {agent} as their own address. We have not checked whose it is.", asks.Text);
        Assert.Contains("in your name", await host.App.GetStringAsync(DataSubject.LinkIn(asks)));
        var page = await host.App.GetStringAsync(await person.PageAsync(host, Mails.Confirm));
        Assert.Contains("Somebody else asked us for this in your name.", page);
        Assert.DoesNotContain(agent, page);
        var told = await host.Outbox.ReceiveAsync(agent, Mails.AgentAsked);
        Assert.Contains("about a copy of a person's data", told.Text);
        Assert.Contains("ignore this mail", told.Text);

        // They have to confirm it as if they had asked themselves, and the answer goes to them.
        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(reference)).Status());
        await person.ConfirmAsync();
        Assert.Contains("csv/profiles.csv", (await person.DownloadAsync()).Names);
        await host.Outbox.ReceiveAsync(agent, Mails.AgentConfirmed);
        var mails = await host.Outbox.AllAsync(agent);
        Assert.Equal(2, mails.Count);
        Assert.All(mails, mail =>
        {
            Assert.Contains(reference, mail.Text);
            Assert.DoesNotContain(person.Address, mail.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("http", mail.Text, StringComparison.Ordinal); // no page of the case, no package
        });

        // Operators see that somebody else asked, and the record does not say who.
        var view = await host.CaseAsync(reference);
        Assert.True(view.GetProperty("case").GetProperty("askedByAgent").GetBoolean());
        Assert.True(view.GetProperty("audit")[0].GetProperty("entry").GetProperty("fact").GetProperty("askedByAgent").GetBoolean());
        Assert.DoesNotContain(agent, view.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.True(view.ChainIsIntact());
    }

    [Fact]
    public async Task Agent_OfARequestThatIsAnswered_HearsItsEndOnceAndIsForgotten()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var (person, agent) = (DataSubject.Stranger(host), DataSubject.Stranger(host).Address);
        var reference = await person.AskAsync(agent: agent);
        await person.ConfirmAsync();
        await person.DownloadAsync();
        await host.UntilAsync(reference, view => view.Status() == "closed");

        await host.Outbox.ReceiveAsync(agent, Mails.AgentAnswered);
        var mails = await host.Outbox.AllAsync(agent);
        foreach (var subject in new[] { Mails.AgentAsked, Mails.AgentConfirmed, Mails.AgentAnswered })
            Assert.Single(mails, mail => mail.Subject == subject);
        Assert.Equal(3, mails.Count);
        foreach (var address in new[] { person.Address, agent })
            await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, address));
    }

    [Fact]
    public async Task Agent_OfARequestThatIsNotConfirmed_HearsSoInTheEnd()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var (person, agent) = (DataSubject.Stranger(host), DataSubject.Stranger(host).Address);
        var reference = await person.AskAsync(agent: agent);
        await host.UntilAsync(reference, view => view.Status() == "closed");

        await host.Outbox.ReceiveAsync(agent, "The person has not confirmed your request");
        Assert.Equal(2, (await host.Outbox.AllAsync(agent)).Count);
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, agent));
    }
}
