using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An answer that takes longer than a month: the person is told in time and why, or it does not.</summary>
[Clause("L2")]
public class ExtensionTests
{
    private const string Told = "We need more time to answer you";

    [LocalFact("moves its clock", typeof(ExtensionOnAnyHostTests))]
    [Clause("R-ERASE")]
    public async Task Erasure_ThatWaits_IsExtendedOnceAndItsTimeRunsOutLater()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync(right: "erasure");
        Assert.Equal(HttpStatusCode.Conflict, (await ExtendAsync(host, reference, new { reason = "complex" })).Status);
        await person.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "awaitingApproval");

        foreach (var wrong in new object[] { new { }, new { reason = "lazy" }, new { reason = "Complex" }, new { reason = "complex", days = "3" } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ExtendAsync(host, reference, wrong)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ExtendAsync(host, new string('0', 32), new { reason = "complex" })).Status);
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Told));

        await host.PassAsync(TimeSpan.FromDays(20));
        foreach (var reason in new[] { "complex", "complex", "manyRequests" })
        {
            var (status, body) = await ExtendAsync(host, reference, new { reason });
            Assert.Equal((HttpStatusCode.OK, "complex", "2026-06-02"), (status, body.GetProperty("reason").GetString(), body.GetProperty("dueOn").GetString()));
        }

        var notice = Assert.Single(await host.Outbox.AllAsync(person.Address, Told));
        Assert.Contains("by 2 June 2026 at the latest", notice.Text);
        Assert.Contains("your request is complex", notice.Text);

        // Around the former date nobody is told that the time runs out; around the new one they are.
        await host.PassAsync(TimeSpan.FromDays(14)); // 5 April
        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.Escalation));
        await host.PassAsync(TimeSpan.FromDays(59)); // 3 June
        await host.UntilAsync(async () => (await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.Escalation)).Count > 0);
        var view = await host.CaseAsync(reference);
        Assert.Single(view.Facts(), "due-extended");
        Assert.True(view.ChainIsIntact());
    }

    /// <summary>A host that died after the notice left the log of its mail: the person was told in time, however late the operator tries again.</summary>
    [LocalFact("moves its clock", typeof(ExtensionOnAnyHostTests))]
    public async Task Extension_WhoseNoticeWentOutBeforeTheHostDied_CountsFromTheNotice()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var cases = new List<string>();
        foreach (var _ in new[] { "told", "untold" })
        {
            var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
            cases.Add(await person.AskAsync(right: "erasure"));
            await person.ConfirmAsync();
            await host.UntilAsync(cases[^1], view => view.Status() == "awaitingApproval");
        }

        await host.PassAsync(TimeSpan.FromDays(30)); // 1 April, the day before it is due
        await new TableClient(host.Storage, "privacyMails").UpsertEntityAsync(new TableEntity(cases[0], "extended") { ["SentAt"] = await host.NowAsync() });
        await host.PassAsync(TimeSpan.FromDays(5));
        var (status, body) = await ExtendAsync(host, cases[0], new { reason = "complex" });
        Assert.Equal((HttpStatusCode.OK, "2026-06-02"), (status, body.GetProperty("dueOn").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await ExtendAsync(host, cases[1], new { reason = "complex" })).Status);
        Assert.Empty(await host.Outbox.AllAsync(null, Told));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ExtendAsync(ScenarioHost host, string reference, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/operator/cases/{reference}/extension") { Content = JsonContent.Create(body) };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
