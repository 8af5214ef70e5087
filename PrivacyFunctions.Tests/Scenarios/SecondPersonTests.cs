using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Where two people have to approve what is deleted: the second one disagrees, approves, and is never the first one again.</summary>
[Clause("R-ERASE")]
public class SecondPersonTests
{
    [LocalFact("has a policy of its own", typeof(ErasureApprovalTests))]
    public async Task Erasure_IsCarriedOutOnceSomebodyElseAgrees()
    {
        await using var host = await LocalHostHere.StartAsync(
            new DateOnly(2026, 3, 2), seeded: false, nights: false, also: app => app.Services.PostConfigure<PolicyOptions>(policy => policy.SecondPerson = true));
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        var hash = (await host.WaitingPlanAsync(reference)).Hash();
        var keys = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => host.IssueKeyAsync($"op-{number}", CallerRole.Approver)));

        Assert.Equal(HttpStatusCode.Conflict, await RefuseAsync(host, reference, hash, keys[1]));
        foreach (var _ in new[] { 1, 2 })
            using (var first = await host.ApproveAsync(reference, new { hash }, keys[0])) Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Contains("op-1 has approved it", (await host.WaitingPlanAsync(reference)).GetProperty("approval").GetString(), StringComparison.Ordinal);
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, "An erasure plan needs a second approval"));

        // The second one does not agree: it begins anew, also with themselves as the first.
        foreach (var (refused, status) in new[] { (new string('b', 64), HttpStatusCode.Conflict), (hash, HttpStatusCode.OK), (hash, HttpStatusCode.OK) })
            Assert.Equal(status, await RefuseAsync(host, reference, refused, keys[1]));
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, "The approval of an erasure plan was taken back"));
        using (var again = await host.ApproveAsync(reference, new { hash }, keys[1])) Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(2, (await host.Outbox.AllAsync(ErasureMails.Officer, "An erasure plan needs a second approval")).Count);
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal("awaitingApproval", (await host.CaseAsync(reference)).Status());
        Assert.NotEqual(0, await host.RowsAsync("companyProfiles", id));

        using (var second = await host.ApproveAsync(reference, new { hash }, keys[2])) Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(
            ["plan-approved-first", "plan-refused", "plan-approved-first", "plan-approved"],
            view.Facts().Where(fact => fact.StartsWith("plan-", StringComparison.Ordinal) && fact != "plan-made"));
        Assert.Equal("op-3", view.ActorOf("plan-approved"));
        Assert.True(view.ChainIsIntact());
        Assert.Equal(0, await host.RowsAsync("companyProfiles", id));
        using var late = await host.ApproveAsync(reference, new { hash }, keys[0]);
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
    }

    [LocalFact("has a policy of its own", typeof(TerminationTests))]
    [Clause("T-ACTIVE")]
    public async Task EndOfAnAccount_ByTheCompany_TakesEffectOnceSomebodyElseEntersTheSame()
    {
        await using var host = await LocalHostHere.StartAsync(
            new DateOnly(2026, 3, 2), seeded: false, nights: false, also: app => app.Services.PostConfigure<PolicyOptions>(policy => policy.SecondPerson = true));
        var owners = await SmallCompany.FoundAsync(host, accounts: 3);
        var keys = await Task.WhenAll(Enumerable.Range(1, 2).Select(number => host.IssueKeyAsync($"op-{number}", CallerRole.Approver)));

        // Of one person the last word counts, and is no second one.
        foreach (var wish in new[] { "yes", "no", "no" })
        {
            var (status, waits) = await EndAsync(host, owners[0].Account, wish, keys[0]);
            Assert.Equal((HttpStatusCode.Accepted, true), (status, waits.Text("waits")!.StartsWith("A second operator", StringComparison.Ordinal)));
        }

        var told = await host.Outbox.AllAsync(ErasureMails.Officer, NeedsSecond);
        Assert.Equal(2, told.Count);
        Assert.Contains($"the account {owners[0].Account} without its owner being able to undo it", told[^1].Text!.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await EndAsync(host, owners[0].Account, "yes", keys[1])).Status);
        Assert.Empty(await host.Outbox.AllAsync(owners[0].Address));

        var (agreed, ended) = await EndAsync(host, owners[0].Account, "no", keys[1], "decision-1");
        Assert.Equal(HttpStatusCode.Accepted, agreed);
        Assert.Equal("2026-03-02", ended.GetProperty("terminatedOn").GetString());
        Assert.Equal(ended.Text("reference"), (await EndAsync(host, owners[0].Account, "no", keys[1], "decision-1")).Body.Text("reference"));
        var view = await host.CaseAsync(ended.Text("reference")!);
        Assert.Equal("op-2", view.ActorOf("termination-requested"));
        Assert.Contains("\"enteredFirstBy\":\"op-1\"", $"{view}", StringComparison.Ordinal);
        Assert.True(view.ChainIsIntact());

        // Sent again without a key it is no new one.
        foreach (var key in keys) Assert.Equal(HttpStatusCode.Conflict, (await EndAsync(host, owners[0].Account, "no", key)).Status);
        await foreach (var (table, _) in RecordsLook.RowsAsync(host.Storage)) Assert.NotEqual("privacyProposedEnds", table);

        // Two at the same moment: of them one is the second, and none of them both.
        var together = await Task.WhenAll(keys.Select(key => EndAsync(host, owners[2].Account, "yes", key)));
        foreach (var key in keys)
            if (!together.Any(IsEnded)) together = [await EndAsync(host, owners[2].Account, "yes", key)];
        var both = await host.CaseAsync(Assert.Single(together, IsEnded).Body.Text("reference")!);
        var first = both.ActorOf("termination-requested") == "op-2" ? "op-1" : "op-2";
        Assert.Contains($"\"enteredFirstBy\":\"{first}\"", $"{both}", StringComparison.Ordinal);

        // Nobody agrees in time: it lapses, and whoever comes then is the first.
        Assert.Equal(HttpStatusCode.Accepted, (await EndAsync(host, owners[1].Account, "yes", keys[0])).Status);
        await host.PassAsync(TimeSpan.FromDays(9));
        await foreach (var (table, _) in RecordsLook.RowsAsync(host.Storage)) Assert.NotEqual("privacyProposedEnds", table);
        var (_, late) = await EndAsync(host, owners[1].Account, "yes", keys[1]);
        Assert.StartsWith("A second operator", late.Text("waits"), StringComparison.Ordinal);
        Assert.Equal(5, (await host.Outbox.AllAsync(ErasureMails.Officer, NeedsSecond)).Count);

        static bool IsEnded((HttpStatusCode Status, JsonElement Body) answer) => answer.Body.Text("terminatedOn") is not null;
    }

    private const string NeedsSecond = "The end of an account needs a second person";

    private static async Task<(HttpStatusCode Status, JsonElement Body)> EndAsync(ScenarioHost host, string account, string ownerMayUndo, string key, string? decision = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/operator/terminations") { Content = JsonContent.Create(new { account, ownerMayUndo }) };
        request.Headers.Add(CallerKey.Header, key);
        if (decision is not null) request.Headers.Add("Idempotency-Key", decision);
        using var answer = await host.App.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<HttpStatusCode> RefuseAsync(ScenarioHost host, string reference, string hash, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/operator/cases/{reference}/plan/refusal") { Content = JsonContent.Create(new { hash }) };
        request.Headers.Add(CallerKey.Header, key);
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(JsonValueKind.Object, (await answer.Content.ReadFromJsonAsync<JsonElement>()).ValueKind);
        return answer.StatusCode;
    }
}
