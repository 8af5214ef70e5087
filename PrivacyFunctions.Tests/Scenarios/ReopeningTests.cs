using System.Net;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A request that is taken up again because a complaint about it was justified.</summary>
[Clause("R-COMPLAIN")]
[Clause("R-ERASE")]
public class ReopeningTests
{
    [Fact]
    public async Task Erasure_ThatWasRefusedWrongly_IsTakenUpAgain_OnceItsPersonHasConfirmedIt()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var refused = await BeRefusedAsync(host, person);

        var complaint = await person.ComplainAsync($"You refused my request {refused}, and I have no contract with you.");
        await host.UntilItWaitsAsync(complaint);
        await host.StatementAsync(complaint);
        var others = await DataSubject.Stranger(host).AskAsync();
        foreach (var (reopens, outcome, status) in new[]
        {
            ("nothing", "upheld", HttpStatusCode.UnprocessableEntity), (refused, "notUpheld", HttpStatusCode.UnprocessableEntity),
            (others, "upheld", HttpStatusCode.Conflict), (complaint, "upheld", HttpStatusCode.Conflict), (new string('0', 32), "upheld", HttpStatusCode.Conflict),
        })
            Assert.Equal(status, (await DecideAsync(host, complaint, outcome, reopens)).Status);
        foreach (var _ in new[] { 1, 2 })
        {
            var (status, body) = await DecideAsync(host, complaint, "upheld", refused);
            Assert.Equal((HttpStatusCode.OK, refused), (status, body.GetProperty("reopens").GetString()));
        }

        Assert.Contains("taking up your earlier request again", (await host.Outbox.ReceiveAsync(person.Address, Complaining.Decided)).Text);
        await host.UntilAsync(complaint, view => view.Status() == "closed");
        var again = (await ReferencesAsync(host, person)).Single(reference => reference != refused && reference != complaint);
        var asks = await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm, about: [again]);
        Assert.Contains("because of a complaint", asks.Text);
        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(again)).Status());
        using (var confirmed = await person.PostAsync(DataSubject.LinkIn(asks))) Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        await host.ApproveWaitingPlanAsync(again);
        var view = await host.UntilAsync(again, found => found.Status() == "closed");
        Assert.Equal(("erased", true), (view.Outcome(), view.ChainIsIntact()));
        Assert.Equal(0, await host.RowsAsync("companyProfiles", id));
        Assert.Equal(3, (await ReferencesAsync(host, person)).Count);
    }

    // Whoever complains proves the mailbox from which they do; which of theirs that is makes no difference.
    [Fact]
    public async Task Request_ThatItsPersonSentFromAnotherAddress_IsTakenUpAgain_UnlessTheyMerelyEnteredThisOne()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var refused = await BeRefusedAsync(host, person);
        foreach (var (isProven, status) in new[] { (false, HttpStatusCode.Conflict), (true, HttpStatusCode.OK) })
        {
            var other = await SmallCompany.AddAddressAsync(host, id, isProven);
            var complaint = await other.ComplainAsync($"You refused my request {refused}, which I sent from another address of mine.");
            await host.UntilItWaitsAsync(complaint);
            await host.StatementAsync(complaint);
            Assert.Equal(status, (await DecideAsync(host, complaint, "upheld", refused)).Status);
            if (isProven) await host.Outbox.ReceiveAsync(other.Address, Mails.Confirm);
        }
    }

    private static async Task<string> BeRefusedAsync(ScenarioHost host, DataSubject person)
    {
        var refused = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(refused);
        await host.OperateAsync($"cases/{refused}/refusal", new { ground = "noGround", explanation = "We need it for your contract." });
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", refused) == 0);
        return refused;
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> DecideAsync(ScenarioHost host, string complaint, string outcome, string reopens) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/cases/{complaint}/outcome", new { outcome, explanation = "You have no contract with us.", reopens });

    private static async Task<IReadOnlyList<string>> ReferencesAsync(ScenarioHost host, DataSubject person) =>
        [.. (await host.CallAsync(HttpMethod.Post, "api/operator/cases/search", new { email = person.Address })).Body.GetProperty("cases")
            .EnumerateArray().Select(found => found.GetProperty("reference").GetString()!)];
}
