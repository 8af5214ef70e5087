using System.Net;
using System.Text.Json;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>How operators share the work: who looks after which case, whose cases somebody has, and how all of them stand.</summary>
[Clause("C-ACCESS")]
public class CaseworkTests
{
    [Fact]
    public async Task Case_IsGivenToAnOperator_AndListedForThem()
    {
        var host = await ScenarioHost.SharedAsync();
        var (agent, gone) = ($"op-{Guid.NewGuid():N}"[..12], $"op-{Guid.NewGuid():N}"[..12]);
        foreach (var id in new[] { agent, gone }) await host.IssueKeyAsync(id, CallerRole.Agent);
        await host.IssueKeyAsync("op-system", CallerRole.Messages);
        await host.RevokeKeysAsync(gone);
        var reference = await DataSubject.Stranger(host).AskAsync();
        foreach (var wrong in new object[] { new { }, new { to = "" }, new { to = "op-unknown" }, new { to = gone }, new { to = "op-system" }, new { to = agent, by = "me" } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AssignAsync(host, reference, wrong)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AssignAsync(host, new string('0', 32), new { to = agent })).Status);

        foreach (var to in new[] { agent, agent })
            Assert.Equal(agent, (await AssignAsync(host, reference, new { to })).Body.GetProperty("assignedTo").GetString());
        Assert.Equal([reference], await ListedAsync(host, $"assigned={agent}"));
        Assert.Empty(await ListedAsync(host, $"assigned={gone}"));
        Assert.Equal(HttpStatusCode.OK, (await AssignAsync(host, reference, new { to = "nobody" })).Status);
        Assert.Empty(await ListedAsync(host, $"assigned={agent}"));
        var view = await host.CaseAsync(reference);
        Assert.Equal(2, view.Facts().Count(fact => fact == "assigned"));
        Assert.True(view.ChainIsIntact());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync(HttpMethod.Get, "api/operator/cases?assigned=")).Status);
    }

    [Fact]
    public async Task Search_ByAnAddress_FindsItsCases_NotesTheView_AndTellsNothingOfOthers()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var (access, erasure) = (await person.AskAsync(), await person.AskAsync(right: "erasure"));
        await DataSubject.Stranger(host).AskAsync();
        var (status, body) = await SearchAsync(host, new { email = $" {person.Address.ToUpperInvariant()} " });
        Assert.Equal((HttpStatusCode.OK, true), (status, body.GetProperty("isAll").GetBoolean()));
        Assert.Equal([erasure, access], References(body));
        Assert.DoesNotContain(person.Address, body.GetRawText(), StringComparison.OrdinalIgnoreCase);
        foreach (var reference in new[] { access, erasure }) Assert.NotEqual(0, await host.RowsAsync("privacyViews", reference));

        Assert.Empty(References((await SearchAsync(host, new { email = "nobody-at-all@example.net" })).Body));
        foreach (var wrong in new object[] { new { }, new { email = "nobody" }, new { email = person.Address, name = "x" } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SearchAsync(host, wrong)).Status);
    }

    [Fact]
    public async Task Search_ByASecondAddress_FindsWhatWasAskedUnderTheFirst_UnlessNobodyProvedIt()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var entered = await SmallCompany.AddAddressAsync(host, id, isProven: false);
        var (first, later) = (await person.AskAsync(), await second.AskAsync(right: "erasure"));
        foreach (var each in new[] { person, second })
            Assert.Equal([later, first], References((await SearchAsync(host, new { email = each.Address })).Body));
        Assert.Empty(References((await SearchAsync(host, new { email = entered.Address })).Body));
    }

    [Fact]
    [Clause("L6")]
    public async Task Request_ForWhatTheSamePersonHadBefore_LeadsToTheFirst()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        await person.AskAsync(); // nobody confirms it
        await Task.WhenAll(new[] { "erasure", "portability" }.Select(right => second.AskAsync(right: right)));
        var references = new List<string>();
        foreach (var each in new[] { person, second, person })
        {
            var asking = new DataSubject(host, each.Address);
            await asking.LookAsync();
            references.Add(await asking.AskAsync());
            await asking.ConfirmAsync("Please confirm your request for your personal data");
            await asking.LinkAsync(Mails.Ready);
        }

        // Who shares the mailbox asks for the first time, or perhaps not: nobody knows who it was.
        var (_, other) = await SmallCompany.JoinAsPersonAsync(host);
        await SmallCompany.ShareAsync(host, second.Address, other);
        var shared = new DataSubject(host, second.Address);
        await shared.LookAsync();
        references.Insert(0, await shared.AskAsync());
        await shared.ConfirmAsync("Please confirm your request for your personal data");
        await shared.LinkAsync(Mails.Ready);
        Assert.DoesNotContain("repeats", (await host.CaseAsync(references[0])).Facts());
        references.RemoveAt(0);

        Assert.DoesNotContain("repeats", (await host.CaseAsync(references[0])).Facts());
        foreach (var repeated in references.Skip(1))
        {
            var view = await host.UntilAsync(repeated, found => found.Facts().Contains("repeats"));
            Assert.Equal(references[0], view.GetProperty("case").GetProperty("repeats").GetString());
            Assert.True(view.ChainIsIntact());
        }
    }

    [LocalFact("moves its clock", typeof(AnyHost.OfficerOnAnyHostTests))]
    [Clause("L1")]
    public async Task Officer_IsToldOnceADayHowTheCasesStand()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await host.PassAsync(TimeSpan.FromDays(3));
        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer, "Privacy cases on"));
        var person = DataSubject.Stranger(host);
        var reference = await person.ComplainAsync("You sent me letters after I had asked you to stop.");
        await host.UntilItWaitsAsync(reference); // received on 5 March, due on 7 April after Easter
        await host.PassToAsync(new(2026, 4, 10, 12, 0, 0, TimeSpan.Zero));
        var told = await host.Outbox.AllAsync(ErasureMails.Officer, "Privacy cases on");
        Assert.Equal(37, told.Count);
        Assert.Equal(37, told.Select(mail => mail.Subject).Distinct().Count());
        Assert.All(told, mail => Assert.Contains("1 case is open.", mail.Text, StringComparison.Ordinal));
        Assert.All(told, mail => Assert.Contains("1 waits for an operator's decision.", mail.Text, StringComparison.Ordinal));
        Assert.Equal(3, told.Count(mail => mail.Text!.Contains("1 of them is overdue.", StringComparison.Ordinal)));
        Assert.Equal(8, told.Count(mail => mail.Text!.Contains("1 is due within the next seven days.", StringComparison.Ordinal)));
        Assert.All(told, mail => Assert.DoesNotContain(person.Address, mail.Text, StringComparison.Ordinal));
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> AssignAsync(ScenarioHost host, string reference, object body) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/assignment", body);

    private static Task<(HttpStatusCode Status, JsonElement Body)> SearchAsync(ScenarioHost host, object body) =>
        host.CallAsync(HttpMethod.Post, "api/operator/cases/search", body);

    private static async Task<IReadOnlyList<string>> ListedAsync(ScenarioHost host, string filter)
    {
        var (all, next) = (new List<string>(), "");
        do
        {
            var (_, page) = await host.CallAsync(HttpMethod.Get, $"api/operator/cases?{filter}{next}");
            all.AddRange(References(page));
            next = page.TryGetProperty("next", out var more) && more.ValueKind == JsonValueKind.String ? $"&continue={more.GetString()}" : "";
        }
        while (next.Length > 0);
        return all;
    }

    // What another test damages on the same host is listed whatever is asked for.
    private static IReadOnlyList<string> References(JsonElement page) =>
        [.. page.GetProperty("cases").EnumerateArray().Where(each => !each.TryGetProperty("isUnreadable", out _)).Select(found => found.GetProperty("reference").GetString()!)];
}
