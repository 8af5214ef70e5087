using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Each operators' route opens to its roles and to nobody else, and what is done bears the id of who did it.</summary>
[Clause("C-ACCESS")]
public class RolesTests
{
    private static readonly ConcurrentDictionary<CallerRole, Lazy<Task<string>>> Keys = [];

    public static TheoryData<string> Routes => [.. RolesPage.Routes.Keys];

    public static TheoryData<string, string> RoutesAndRoles
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var route in RolesPage.Routes.Keys)
                foreach (var role in RolesPage.EachRole) rows.Add(route, role.Words());
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(RoutesAndRoles))]
    public async Task Route_WithAKeyOfOneRole_OpensIfItIsForThatRole(string route, string roleName)
    {
        var host = await ScenarioHost.SharedAsync();
        var role = CallerRoles.Read(roleName, out _);
        using var answer = await SendAsync(host, route, await KeyOfAsync(host, role));

        if (RolesPage.Routes[route].HasFlag(role))
            Assert.DoesNotContain(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        else
            await IsRefusedAsync(answer, HttpStatusCode.Forbidden, "This is not for your role");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithoutAGoodKeyInItsHeader_KnowsNobody(string route)
    {
        var host = await ScenarioHost.SharedAsync();
        var revoked = await host.IssueKeyAsync($"op-{Guid.NewGuid():N}", CallerRoles.All);
        using (var opened = await SendAsync(host, route, revoked)) Assert.NotEqual(HttpStatusCode.Unauthorized, opened.StatusCode);
        var (of, fresh) = ($"op-{Guid.NewGuid():N}", CallerKey.Create().Reveal());
        var gone = await host.IssueKeyAsync(of, CallerRoles.All);
        await host.RevokeKeysAsync(of);

        foreach (var (key, query) in new (string?, string)[]
        {
            (null, ""), ("", ""), ("wrong", ""), ("pfk_wrong", ""), (fresh, ""), (gone, ""), (host.MasterKey, ""),
            (null, $"?code={host.OperatorKey}"), (null, $"?{CallerKey.Header}={host.OperatorKey}"),
            (host.OperatorKey, "?code=x"), (host.OperatorKey, $"?before=1&before={host.OperatorKey}"), // it stands in logs all the same
        })
        {
            using var answer = await SendAsync(host, route, key, query);
            await IsRefusedAsync(answer, HttpStatusCode.Unauthorized, "We do not know who calls");
            Assert.Equal("PrivacyKey", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task Acts_BearTheIdOfTheKey()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var ids = Enumerable.Range(0, 6).Select(_ => $"op-{Guid.NewGuid():N}").ToList();
        var ended = await DoAsync("POST /api/operator/terminations", ids[0], CallerRole.Approver, new { account = owner.Account });
        var reference = ended.GetProperty("reference").GetString()!;
        await host.UntilAsync(reference, found => found.Facts().Contains("export-offered")); // its workflow has begun
        await DoAsync($"POST /api/operator/cases/{reference}/pause", ids[1], CallerRole.Agent);
        await DoAsync($"POST /api/operator/cases/{reference}/resume", ids[2], CallerRole.Dpo);
        await DoAsync($"POST /api/operator/cases/{reference}/undo", ids[3], CallerRole.Agent);
        var hold = new { account = owner.Account, id = $"h-{Guid.NewGuid():N}" };
        await DoAsync("POST /api/operator/holds", ids[4], CallerRole.Approver, new
        {
            hold.account, hold.id, kind = "legal", ground = "A claim is pending.", owner = "legal-team", reviewOn = "2100-01-31",
        });
        await DoAsync("POST /api/operator/holds/release", ids[5], CallerRole.Dpo, hold);

        var view = await host.CaseAsync(reference);
        Assert.Equal(
            [ids[0], ids[0], ids[1], ids[1], ids[2], ids[2], ids[3]],
            ((string[])[
                "termination-requested", "terminated", "pause-asked", "attention-needed", "resume-asked", "attention-over",
                "termination-undone",
            ])
                .Select(fact => view.ActorOf(fact)));
        Assert.True(view.ChainIsIntact());
        var row = (await new TableServiceClient(host.Storage).GetTableClient("privacyHolds")
            .QueryAsync<TableEntity>(found => found.RowKey == hold.id).ToListAsync()).Single();
        Assert.Equal((ids[4], ids[5]), (row.GetString("PlacedBy"), row.GetString("ReleasedBy")));

        async Task<JsonElement> DoAsync(string route, string id, CallerRole role, object? body = null)
        {
            using var answer = await SendAsync(host, route, await host.IssueKeyAsync(id, role), body: body);
            Assert.True(answer.IsSuccessStatusCode, $"{route}: {answer.StatusCode}");
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    [Fact]
    public async Task Decision_WithAFieldThatThereIsNot_EndsNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        using var answer = await SendAsync(
            host, "POST /api/operator/terminations", host.OperatorKey, body: new { account = owner.Account, @operator = "op-1" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(problem.GetProperty("errors").TryGetProperty("operator", out _));
        Assert.Equal(HttpStatusCode.Accepted, (await owner.TryBeEndedAsync()).Status);
    }

    private static Task<string> KeyOfAsync(ScenarioHost host, CallerRole role) => Keys.GetOrAdd(
        role, one => new(() => host.IssueKeyAsync($"op-{one.Words()}", one))).Value;

    private static async Task<HttpResponseMessage> SendAsync(
        ScenarioHost host, string route, string? key, string query = "", object? body = null)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{id}", new('0', 32)));
        using var request = new HttpRequestMessage(new(method), path + query);
        if (method != "GET") request.Content = JsonContent.Create(body ?? new { });
        if (key is not null) request.Headers.TryAddWithoutValidation(CallerKey.Header, key);
        return await host.App.SendAsync(request);
    }

    private static async Task IsRefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string title)
    {
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(title, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString());
        foreach (var header in new[] { "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control" })
            Assert.True(answer.Headers.Contains(header), header);
    }
}
