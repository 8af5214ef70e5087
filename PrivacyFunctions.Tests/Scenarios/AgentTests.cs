using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What becomes of requests that somebody asks in another person's name, and what anybody could do with the field for it.</summary>
[Clause("L9")]
public class AgentTests
{
    [Fact]
    public async Task Agent_OfARequestThatIsWithdrawn_HearsSo()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, agent) = (DataSubject.Stranger(host), DataSubject.Stranger(host).Address);
        var reference = await person.AskAsync(right: "erasure", agent: agent);
        var page = await person.PageAsync(host, Mails.Confirm);
        await host.Outbox.ReceiveAsync(agent, Mails.AgentAsked);
        using (var withdrawn = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);

        await host.Outbox.ReceiveAsync(agent, "The person has withdrawn your request");
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        Assert.Equal(2, (await host.Outbox.AllAsync(agent)).Count);
    }

    // The answer to the form cannot say whether it joined another one, so it says what happens if it did.
    [Fact]
    public async Task Request_ThatJoinsOpenOnes_IsAnsweredAlikeAndItsAgentHearsNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, agent) = (DataSubject.Stranger(host), DataSubject.Stranger(host).Address);
        for (var number = 0; number < MailAllowance.PlacesADay; number++) await person.AskAsync(agent: DataSubject.Stranger(host).Address);
        var joined = await PostAsync(host, person.Address, agent);
        var view = await host.CaseAsync(joined.Reference);
        Assert.Equal("answeredByAnotherCase", view.Outcome());
        Assert.True(view.GetProperty("audit")[0].GetProperty("entry").GetProperty("fact").GetProperty("askedByAgent").GetBoolean());

        var other = await PostAsync(host, DataSubject.Stranger(host).Address, DataSubject.Stranger(host).Address);
        Assert.Equal(other.Message, joined.Message);
        await person.ConfirmAsync();
        await person.LinkAsync(Mails.Ready);
        Assert.Empty(await host.Outbox.AllAsync(agent));
        Assert.Equal(0, await host.RowsAsync("privacyContacts", joined.Reference));
        Assert.Contains("this request joins one of theirs", await FormAnswerAsync(host, person.Address, agent));
    }

    [Fact]
    public async Task Agent_OfVeryManyRequests_IsToldOfAFewADay()
    {
        var host = await ScenarioHost.SharedAsync();
        var victim = DataSubject.Stranger(host).Address;
        var persons = Enumerable.Range(0, 6).Select(_ => DataSubject.Stranger(host)).ToList();
        var references = await Task.WhenAll(persons.Select(person => person.AskAsync(right: "erasure", agent: victim)));
        foreach (var person in persons) await person.ConfirmAsync();
        await Task.WhenAll(references.Select(reference => host.UntilAsync(reference, view => view.Status() == "closed")));
        foreach (var reference in references) await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);

        // Of what the mailbox was not told at first it hears nothing later either.
        var mails = await host.Outbox.AllAsync(victim);
        Assert.Equal(3 * MailAllowance.PlacesADay, mails.Count);
        Assert.Equal(MailAllowance.PlacesADay, references.Count(reference => mails.Any(mail => mail.Text!.Contains(reference, StringComparison.Ordinal))));
        Assert.All(persons, person => Assert.All(mails, mail => Assert.DoesNotContain(person.Address, mail.Text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Agent_OfKnownAndUnknownPeople_HearsTheSame()
    {
        var host = await ScenarioHost.SharedAsync();
        var (known, _) = await SmallCompany.JoinAsPersonAsync(host);
        var texts = new HashSet<string>();
        foreach (var person in new[] { known, DataSubject.Stranger(host) })
        {
            var agent = DataSubject.Stranger(host).Address;
            var (reference, message) = await PostAsync(host, person.Address, agent);
            var mail = await host.Outbox.ReceiveAsync(agent, Mails.AgentAsked);
            texts.Add($"{message} {mail.Text}".Replace(reference, "", StringComparison.Ordinal));
        }

        Assert.Single(texts);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("Advice Centre <advice@example.org>")]
    [InlineData("one@example.org, two@example.org")]
    public async Task Agent_WhoIsNoAddress_IsToBeCorrected(string agent)
    {
        var host = await ScenarioHost.SharedAsync();
        using var refused = await host.App.PostAsJsonAsync("requests/access", new { email = "somebody@example.org", agent });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["agent"], (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(error => error.Name));

        var form = await FormAnswerAsync(host, "somebody@example.org", agent);
        Assert.Contains("href=\"#agent\"", form);
        Assert.Contains("Enter your own e-mail address", form);
        Assert.Equal(["agent"], (await host.RefusedAsync(new()
        {
            ["email"] = "somebody@example.org", ["channel"] = "letter", ["receivedOn"] = "2026-03-03", ["agent"] = agent, ["submission"] = "letter-1",
        })).Keys.Except(["receivedOn"]));
    }

    [Fact]
    public async Task Agent_WhoIsThePerson_IsNoAgent()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(agent: $" {person.Address.ToUpperInvariant()} ");
        Assert.Contains("Somebody, probably you, asked us", (await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm)).Text);
        Assert.False((await host.CaseAsync(reference)).GetProperty("case").TryGetProperty("askedByAgent", out _));
        await person.ConfirmAsync();
        await person.LinkAsync(Mails.Ready);
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Mails.AgentAsked));
    }

    [Fact]
    [Clause("R-OBJECT")]
    [Clause("R-COMPLAIN")]
    public async Task Request_ThatNobodyHasToProve_HasNoAgent()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, agent) = (DataSubject.Stranger(host), DataSubject.Stranger(host).Address);
        foreach (var right in new[] { "objection", "complaint", "use" }) // nor one whose person would confirm words that they have not read
            Assert.DoesNotContain("name=\"agent\"", await host.App.GetStringAsync($"requests/{right}"));
        foreach (var right in new[] { "access", "portability", "rectification", "erasure", "restriction" })
            Assert.Contains("name=\"agent\"", await host.App.GetStringAsync($"requests/{right}"));
        var reference = await person.AskAsync(right: "objection", agent: agent);
        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Empty(await host.Outbox.AllAsync(agent));
        Assert.Contains("agent", (await host.RefusedAsync(new() { ["email"] = person.Address, ["agent"] = agent }, "objection")).Keys);
    }

    // Else anybody could tell by the mails to an agent how many requests the person has open, and keep them from being asked about their own.
    [Fact]
    [Clause("C-SECURE")]
    public async Task Requests_OfThePerson_AndThoseInTheirName_DoNotJoinEachOther()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        for (var number = 0; number < MailAllowance.PlacesADay; number++) await person.AskAsync(agent: DataSubject.Stranger(host).Address);
        var own = await person.AskAsync();
        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(own)).Status());
        Assert.Contains("Somebody, probably you", (await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm, about: [own])).Text);

        var other = DataSubject.Stranger(host);
        for (var number = 0; number < MailAllowance.PlacesADay; number++) await other.AskAsync();
        var agent = DataSubject.Stranger(host).Address;
        var inTheirName = await other.AskAsync(agent: agent);
        Assert.Contains(inTheirName, (await host.Outbox.ReceiveAsync(agent, Mails.AgentAsked)).Text);
        foreach (var wrong in new[] { "www.evil.example/confirm?x=@a.example", "www.evil@a.example", "ünï@a.example" })
            Assert.Contains("agent", (await host.RefusedAsync(new() { ["email"] = other.Address, ["agent"] = wrong }, "access")).Keys);
    }

    [Fact]
    public async Task Letter_OfAnAgent_IsConfirmedByThePerson()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, agent) = (DataSubject.Stranger(host), DataSubject.Stranger(host).Address);
        var day = (await host.CaseAsync(await DataSubject.Stranger(host).AskAsync())).GetProperty("case").GetProperty("receivedOn").GetString()!;
        var reference = (await host.EnterAsync(person, day, agent: agent)).GetProperty("reference").GetString()!;
        var asks = await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm);
        Assert.Contains("We received a letter on", asks.Text);
        Assert.Contains("Somebody asked us, in your name, for a copy", asks.Text);
        await host.Outbox.ReceiveAsync(agent, Mails.AgentAsked);
        var other = (await host.EnterAsync(person, day)).GetProperty("reference").GetString();
        Assert.NotEqual(reference, other); // without an agent it is another letter
        Assert.True((await host.CaseAsync(reference)).GetProperty("case").GetProperty("askedByAgent").GetBoolean());
    }

    private static async Task<(string Reference, string Message)> PostAsync(ScenarioHost host, string email, string agent)
    {
        using var answer = await host.App.PostAsJsonAsync("requests/access", new { email, agent });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (said.GetProperty("reference").GetString()!, said.GetProperty("message").GetString()!);
    }

    private static async Task<string> FormAnswerAsync(ScenarioHost host, string email, string agent)
    {
        using var content = new FormUrlEncodedContent([new("email", email), new("agent", agent)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "requests/access") { Content = content };
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await host.App.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
