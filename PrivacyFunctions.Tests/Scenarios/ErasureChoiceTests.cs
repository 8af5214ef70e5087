using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What a person can choose about an erasure: whether to say why, and to end the account that it leaves open.</summary>
[Clause("R-ERASE")]
public class ErasureChoiceTests
{
    private const string Stays = "Your account stays open";

    [Fact]
    public async Task Erasure_WithAGround_ShowsItToOperators_AndNeedsNone()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var form = await host.App.GetStringAsync("requests/erasure");
        Assert.Contains("I agreed to its use, and do not any more", form);
        Assert.Contains("I would rather not say", form);

        using var wrong = await host.App.PostAsJsonAsync("requests/erasure", new { email = person.Address, ground = "because" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("Choose one of the reasons", await wrong.Content.ReadAsStringAsync());

        var reference = await person.AskAsync(right: "erasure", ground: "consent");
        await person.ConfirmAsync();
        Assert.Equal("consent", (await host.WaitingPlanAsync(reference)).GetProperty("ground").GetString());
        Assert.Equal("consent", (await host.CaseAsync(reference)).GetProperty("case").GetProperty("groundGiven").GetString());

        var (silent, _) = await SmallCompany.JoinAsPersonAsync(host);
        using var unsaid = await host.App.PostAsync("requests/erasure", new FormUrlEncodedContent([new("email", silent.Address), new("ground", "")]));
        Assert.Equal(HttpStatusCode.Accepted, unsaid.StatusCode);
    }

    [Fact]
    [Clause("T-DIRECTIVE")]
    public async Task Erasure_OfAnOwner_TellsThemWhileTheyCanStillChooseToEndTheAccountInstead()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var person = new DataSubject(host, owner.Address);
        var reference = await person.AskAsync(right: "erasure");
        Assert.Contains("End my account instead", await host.App.GetStringAsync(await person.LinkAsync(Mails.Confirm)));
        await person.ConfirmAsync();
        await host.WaitingPlanAsync(reference);
        var told = await host.Outbox.ReceiveAsync(person.Address, Stays);
        Assert.Contains(owner.Account, told.Text);
        Assert.EndsWith("accounts/end", DataSubject.LinkIn(told));

        var termination = await owner.AskAsync();
        await owner.ConfirmAsync();
        await host.UntilAsync(termination, found => found.Status() == "undoable");
        using var withdrawn = await person.PostAsync($"{await person.PageAsync(host, Stays)}/withdrawal");
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        await host.UntilAsync(reference, found => found.Outcome() == "withdrawn");
        Assert.Equal("undoable", (await host.CaseAsync(termination)).Status());
        Assert.Equal(1, await host.RowsAsync("companyProfiles", owner.PersonId));
    }

    [Fact]
    public async Task Erasure_OfAnOwner_IsToldOnce_ThoughThePlanChanges()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var reference = await new DataSubject(host, owner.Address).AskToEraseAsync();
        var first = (await host.WaitingPlanAsync(reference)).Hash();
        await new TableClient(host.Storage, "companyProfiles").AddEntityAsync(new TableEntity(owner.PersonId, "second") { ["Name"] = "Owner" });
        using var changed = await host.ApproveAsync(reference, new { hash = first });
        await host.UntilAsync(async () => (await host.CaseAsync(reference)).Facts().Contains("plan-changed"));
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Single(await host.Outbox.AllAsync(owner.Address, Stays));
    }

    [Fact]
    public async Task Erasure_OfWhoOwnsNoAccountThatGoesOn_TellsOfNone()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var termination = await owner.AskAsync();
        await owner.ConfirmAsync();
        await host.UntilAsync(termination, found => found.Status() == "undoable");
        foreach (var asks in new[] { person, new DataSubject(host, owner.Address) })
        {
            var reference = await asks.AskToEraseAsync();
            await host.ApproveWaitingPlanAsync(reference);
            await host.UntilAsync(reference, found => found.Status() == "closed");
            Assert.Empty(await host.Outbox.AllAsync(asks.Address, Stays));
        }
    }

    [Theory]
    [Clause("L6")]
    [InlineData("noGround", "", true)]
    [InlineData("excessive", "askedBefore", false)]
    public async Task Refusal_ForWantOfAGround_OffersTheEndOfTheAccount(string ground, string evidence, bool offers)
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        await host.OperateAsync($"cases/{reference}/refusal", new { ground, evidence, explanation = "We need the data for your account." });
        var mail = await host.Outbox.ReceiveAsync(person.Address, "We cannot do what you asked for");
        Assert.Equal(offers, mail.Text!.Contains("/accounts/end", StringComparison.Ordinal));
    }
}
