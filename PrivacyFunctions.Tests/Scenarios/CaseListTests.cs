using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An operator sees all cases by their status, their due dates and what about them waits for somebody.</summary>
[Clause("C-ACCESS")]
public class CaseListTests
{
    [LocalFact("has its cases for itself", typeof(OfficerOnAnyHostTests))]
    public async Task List_ByEachFilter_HoldsWhatIsAskedFor()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var stranger = DataSubject.Stranger(host);
        var waiting = await stranger.AskAsync();
        var offered = DataSubject.Stranger(host);
        await offered.BeOfferedAsync();
        var erasure = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(erasure);
        var ended = await owner.BeEndedAsync();
        var due = (await host.CaseAsync(waiting)).GetProperty("case").GetProperty("due").GetProperty("on").GetString()!;
        var answered = await host.SingleAsync("?status=offered");
        await host.OperateAsync($"cases/{ended.Reference}/pause", new { });

        // What is due first comes first; what was answered is due no more and comes last.
        Assert.Equal(
            [.. new[] { waiting, erasure }.Order(StringComparer.Ordinal), ended.Reference, answered.Reference()], await host.ReferencesAsync(""));
        Assert.Equal([waiting], await host.ReferencesAsync("?status=awaitingConfirmation"));
        Assert.Equal([erasure], await host.ReferencesAsync("?status=awaitingApproval&kind=erasure"));
        Assert.Equal([ended.Reference], await host.ReferencesAsync("?kind=termination"));
        Assert.Equal([ended.Reference], await host.ReferencesAsync("?attention=yes"));
        Assert.Equal(3, (await host.ReferencesAsync("?attention=no")).Count);
        Assert.Empty(await host.ReferencesAsync($"?dueBefore={due}"));
        Assert.Equal(2, (await host.ReferencesAsync($"?dueBefore={DateOnly.Parse(due).AddDays(1):yyyy-MM-dd}")).Count);
        Assert.Empty(await host.ReferencesAsync("?status=closed"));

        var shown = await host.SingleAsync("?kind=termination");
        Assert.Equal("undoable", shown.GetProperty("status").GetString());
        Assert.Equal($"{ended.PurgeOn:yyyy-MM-dd}", shown.GetProperty("purgeOn").GetString());
        Assert.Equal($"{ended.Deadline:yyyy-MM-dd}", shown.GetProperty("deadline").GetString());
        Assert.Equal($"{ended.Deadline:yyyy-MM-dd}", shown.GetProperty("dueOn").GetString());
        var mark = shown.GetProperty("attention").EnumerateArray().Single();
        Assert.Equal("paused by an operator", mark.GetProperty("step").GetString());
        Assert.InRange(mark.GetProperty("since").GetDateTimeOffset(), (await host.NowAsync()).AddMinutes(-5), await host.NowAsync());
        using (var followed = await host.GetAsync(shown.GetProperty("link").GetString()!)) Assert.Equal(HttpStatusCode.OK, followed.StatusCode);

        // Nothing in it names anybody, the account's number not either.
        var text = (await host.ListAsync("")).GetRawText();
        Assert.All(
            [person.Address, stranger.Address, offered.Address, owner.Address, owner.Account], trace => Assert.DoesNotContain(trace, text));
    }

    [LocalFact("has its cases for itself", typeof(OfficerOnAnyHostTests))]
    public async Task List_OfManyCases_ComesInPagesThatHoldEachOnceThoughCasesMoveMeanwhile()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        await host.RefuseMailsAsync(next: 1000, status: 400); // so that nothing is waited for
        var asked = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => DataSubject.Stranger(host).AskAsync()));

        var first = await host.ListAsync("");
        Assert.Equal(50, first.References().Count);
        await host.OperateAsync($"cases/{first.References()[49]}/pause", new { }); // the page's last moves into another list, too
        var second = await host.ListAsync($"?continue={first.Next()}");
        Assert.Null(second.Next());
        Assert.Equal(asked.Order(StringComparer.Ordinal), first.References().Concat(second.References()));

        using var other = await host.GetAsync($"api/operator/cases?attention=yes&continue={first.Next()}");
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    [LocalFact("moves its clock", typeof(OfficerOnAnyHostTests))]
    public async Task List_OfWhatIsOpen_LosesWhatIsClosed()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var reference = await DataSubject.Stranger(host).AskAsync();
        Assert.Equal([reference], await host.ReferencesAsync(""));

        await host.PassAsync(TimeSpan.FromDays(14));
        Assert.Equal([reference], await host.ReferencesAsync("?status=notIdentified"));
        await host.PassAsync(TimeSpan.FromDays(31));

        Assert.Empty(await host.ReferencesAsync(""));
        Assert.Equal([reference], await host.ReferencesAsync("?status=closed"));
        Assert.Equal(1, await CountAsync(host, "closed"));
        Assert.Equal(0, await CountAsync(host, "open")); // a night has taken away what no longer held
        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer)); // nothing was stuck, and the person was answered in time
    }

    [LocalFact("has its cases for itself", typeof(OfficerOnAnyHostTests))]
    public async Task CasesOfBeforeThereWasAList_AreInItAfterTheFirstNight()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var asked = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DataSubject.Stranger(host).AskAsync()));
        var tables = new TableServiceClient(host.Storage);
        await foreach (var row in Index(host).QueryAsync<TableEntity>()) await Index(host).DeleteEntityAsync(row.PartitionKey, row.RowKey);
        await tables.GetTableClient("privacyCases").AddEntityAsync(new TableEntity(new string('0', 32), "state")); // cannot be read
        Assert.Empty(await host.ReferencesAsync(""));

        await host.FireAsync("WatchCases");
        await host.UntilAsync(async () => (await host.ReferencesAsync("")).Count == 5);
        Assert.Equal(asked.Order(StringComparer.Ordinal), await host.ReferencesAsync(""));
    }

    [Fact]
    public async Task Case_ThatCannotBeRead_IsListedAsSuchAndHidesNoOther()
    {
        var host = await ScenarioHost.SharedAsync();
        var reference = await DataSubject.Stranger(host).AskAsync();
        var damaged = Guid.NewGuid().ToString("N");
        await new TableServiceClient(host.Storage).GetTableClient("privacyCases").AddEntityAsync(new TableEntity(damaged, "state"));
        foreach (var (id, at) in new[] { (damaged, "1900-01-01"), (reference, "1900-01-02") })
            await Index(host).AddEntityAsync(new TableEntity("open", $"{at}-{id}") { ["WrittenAt"] = DateTimeOffset.UtcNow });

        var shown = (await host.ListAsync("?dueBefore=1900-02-01")).GetProperty("cases").EnumerateArray().Single();

        Assert.Equal((damaged, true), (shown.Reference(), shown.GetProperty("isUnreadable").GetBoolean()));
    }

    [Theory]
    [InlineData("status=lost", "status")]
    [InlineData("status=", "status")]
    [InlineData("status=Closed", "status")]
    [InlineData("status=closed&status=offered", "status")]
    [InlineData("attention=maybe", "attention")]
    [InlineData("dueBefore=tomorrow", "dueBefore")]
    [InlineData("dueBefore=2026-02-30", "dueBefore")]
    [InlineData("kind=confession", "kind")]
    [InlineData("stauts=closed", "stauts")]
    [InlineData("continue=", "continue")]
    [InlineData("continue=%00", "continue")]
    [InlineData("continue=b3BlbiAyMDI2", "continue")] // "open 2026"
    [InlineData("continue=!", "continue")]
    public async Task List_WithABadFilter_IsRefusedWithTheMistake(string query, string field)
    {
        var host = await ScenarioHost.SharedAsync();
        using var answer = await host.GetAsync($"api/operator/cases?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    private static TableClient Index(ScenarioHost host) => new TableServiceClient(host.Storage).GetTableClient("privacyCaseIndex");

    private static async Task<int> CountAsync(ScenarioHost host, string list) =>
        await Index(host).QueryAsync<TableEntity>(row => row.PartitionKey == list).CountAsync();
}
