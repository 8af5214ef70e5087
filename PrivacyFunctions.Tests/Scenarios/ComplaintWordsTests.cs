using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What people write in a complaint: none of it is lost, and nobody reads it who does not have to.</summary>
[Clause("R-COMPLAIN")]
[Clause("L10")]
public class ComplaintWordsTests
{
    private const int Posts = 80;
    private const int MailsADay = 3;

    // Anybody can enter anybody's mailbox: it gets a few mails, and every word is read all the same.
    [Fact]
    [Clause("L9")]
    public async Task Complaints_VeryManyForOneMailbox_OpenAFew_AndAllTheirWordsAreRead()
    {
        var host = await ScenarioHost.SharedAsync();
        var victim = DataSubject.Stranger(host);
        var posted = new ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Posts), new ParallelOptions { MaxDegreeOfParallelism = 40 },
            async (number, _) => posted[await PostAsync(host, victim.Address, $"Complaint number {number} of many.")] = $"Complaint number {number} of many.");
        Assert.Equal(Posts, posted.Count);

        var open = new List<string>();
        foreach (var reference in posted.Keys)
            if ((await host.CaseAsync(reference)).Outcome() != "answeredByAnotherCase") open.Add(reference);
        Assert.Equal(MailsADay, open.Count);
        var read = new List<string>();
        foreach (var reference in open)
        {
            var view = await host.UntilItWaitsAsync(reference);
            var words = (await host.StatementAsync(reference)).Words();
            Assert.Equal(words.Count - 1, view.Facts().Count(fact => fact == "statement-added"));
            read.AddRange(words);
        }

        Assert.Equal(posted.Values.Order(), read.Order());
        foreach (var (reference, words) in posted) // also under the reference that its own answer gave
            Assert.Contains(words, (await host.StatementAsync(reference)).Words());
        foreach (var reference in open) Assert.Equal(HttpStatusCode.OK, (await host.DecideAsync(reference, "upheld", "It is so.")).Status);
        await host.UntilAsync(async () => (await host.Outbox.AllAsync(victim.Address, Complaining.Decided)).Count == MailsADay);
        Assert.Equal(MailsADay, (await host.Outbox.AllAsync(victim.Address, Complaining.Received)).Count);
    }

    [Fact]
    public async Task Words_ThatComeWhileItIsDecided_AreReadFirstOrGetACaseOfTheirOwn()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var references = new List<string>();
        for (var number = 1; number <= MailsADay; number++) references.Add(await person.ComplainAsync($"This is complaint {number}."));
        foreach (var reference in references) await host.UntilItWaitsAsync(reference);
        foreach (var reference in references) await host.StatementAsync(reference);

        // It joins one of them, whose operator has not read it yet.
        var joined = await person.ComplainAsync("And there is more to say.", "the same");
        var with = (await host.StatementAsync(joined)).GetProperty("reference").GetString()!;
        await host.CallAsync(HttpMethod.Get, $"api/operator/cases/{references.First(each => each != with)}/statement");
        Assert.Equal(2, (await host.StatementAsync(with)).Words().Count);
        Assert.Equal(joined, await person.ComplainAsync("And there is more to say.", "the same"));
        Assert.Equal(2, (await host.StatementAsync(with)).Words().Count);

        // All of them are decided: what comes now is not lost with them.
        foreach (var reference in references) Assert.Equal(HttpStatusCode.OK, (await host.DecideAsync(reference, "upheld", "It is so.")).Status);
        var late = await person.ComplainAsync("And this comes late.");
        await host.UntilItWaitsAsync(late);
        Assert.Equal(["And this comes late."], (await host.StatementAsync(late)).Words());
    }

    [Fact]
    public async Task Decision_OfSomebodyWhoReadBeforeMoreCame_IsRefusedUntilTheyHaveReadIt()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var references = new List<string>();
        for (var number = 1; number <= MailsADay; number++) references.Add(await person.ComplainAsync($"This is complaint {number}."));
        foreach (var reference in references)
        {
            await host.UntilItWaitsAsync(reference);
            await host.StatementAsync(reference);
        }

        await person.ComplainAsync("And there is more to say.");
        string? refused = null;
        foreach (var reference in references)
            if ((await host.DecideAsync(reference, "upheld", "It is so.")).Status == HttpStatusCode.Conflict) refused = reference;
        Assert.Contains("And there is more to say.", (await host.StatementAsync(Assert.IsType<string>(refused))).Words());
        Assert.Equal(HttpStatusCode.OK, (await host.DecideAsync(refused, "upheld", "It is so.")).Status);
    }

    [LocalFact("reads what the host prints", typeof(ComplaintOnAnyHostTests))]
    [Clause("C-SECURE")]
    [Clause("C-MINIMUM")]
    public async Task Words_AreSealedWhereTheyLie_AndNowhereElse_WithoutCardNumbers()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        const string Secret = "neighbours-saw-it";
        const string Because = "clerk-was-wrong";
        var reference = await person.ComplainAsync($"My {Secret}. My card is 4111 1111 1111 1111.");
        await host.UntilItWaitsAsync(reference);
        Assert.Equal([$"My {Secret}. My card is …1111."], (await host.StatementAsync(reference)).Words());
        await host.DecideAsync(reference, "upheld", $"Our {Because}.");
        await host.Outbox.ReceiveAsync(person.Address, Complaining.Decided);
        await host.UntilAsync(reference, view => view.Status() == "closed");

        var places = 0;
        foreach (var trace in new[] { Secret, Because, "4111 1111" }.SelectMany(LeakLook.TracesOf))
        {
            await foreach (var (place, text) in LeakLook.EverythingAsync(host))
            {
                places++;
                Assert.False(text.Contains(trace, StringComparison.OrdinalIgnoreCase), $"{place} holds {trace}.");
            }

            Assert.DoesNotContain(trace, host.Output, StringComparison.OrdinalIgnoreCase);
        }

        Assert.NotEqual(0, places);
        Assert.DoesNotContain(await host.Outbox.AllAsync(person.Address), mail => mail.Text!.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(await host.Outbox.AllAsync(ErasureMails.Officer), mail => mail.Text!.Contains(Secret, StringComparison.Ordinal));
    }

    // Nobody proves the mailbox of a complaint: its words may be anybody's, and its owner does not get them.
    [Fact]
    [Clause("L9")]
    [Clause("C-ACCESS")]
    public async Task Words_AreInNobodysCopy_AndEachViewIsLogged()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var about = Guid.NewGuid().ToString("N");
        using (var answer = await host.App.PostAsJsonAsync("requests/complaint", new { email = person.Address, text = "You lost my letter.", about }))
        {
            var reference = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
            await host.UntilItWaitsAsync(reference);
            Assert.Equal(0, await host.RowsAsync("privacyViews", reference));
            await host.StatementAsync(reference);
            var view = await new TableClient(host.Storage, "privacyViews").QueryAsync<TableEntity>(row => row.PartitionKey == reference).SingleAsync();
            Assert.Equal("statements: 1", view.GetString("What"));
        }

        Assert.DoesNotContain("You lost my letter", (await person.ReceiveEverythingAsync()).Everything);
    }

    [Theory]
    [InlineData("a", 4000)]
    [InlineData("ж", 4000)]
    [InlineData("漢", 4000)]
    [InlineData("😀", 4000)]
    public async Task Words_OfFourThousandCharacters_AreKeptInEveryScript(string character, int count)
    {
        var host = await ScenarioHost.SharedAsync();
        var words = string.Concat(Enumerable.Repeat(character, count));
        using var sent = await host.App.PostAsync("requests/complaint", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = DataSubject.Stranger(host).Address, ["text"] = words,
        }));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        var reference = await DataSubject.Stranger(host).ComplainAsync(words);
        await host.UntilItWaitsAsync(reference);
        Assert.Equal([words], (await host.StatementAsync(reference)).Words());
    }

    // A crash between the words and their case, after which nobody came back.
    [Fact]
    [Clause("K-SCHEDULE")]
    public async Task Words_OfACaseThatNeverCame_GoWithinTheHour()
    {
        var host = await ScenarioHost.SharedAsync();
        await host.UntilItWaitsAsync(await DataSubject.Stranger(host).ComplainAsync("So that the table is there.")); // and makes it
        var reference = Guid.NewGuid().ToString("N");
        await new TableClient(host.Storage, "privacyStatements").AddEntityAsync(
            new TableEntity(reference, $"said-{reference}") { ["Words"] = new byte[] { 1 }, ["At"] = DateTimeOffset.UtcNow });
        await new TableClient(host.Storage, "privacyPending").UpsertEntityAsync(
            new TableEntity(reference[..1], $"{reference}-0000000001") { ["WrittenAt"] = DateTimeOffset.UtcNow.AddHours(-3) });

        await host.FireAsync("RedrivePending");
        await host.UntilAsync(async () => !(await new TableClient(host.Storage, "privacyPending")
            .GetEntityIfExistsAsync<TableEntity>(reference[..1], $"{reference}-0000000001")).HasValue);
        Assert.Equal(0, await host.RowsAsync("privacyStatements", reference));
    }

    private static async Task<string> PostAsync(ScenarioHost host, string email, string text)
    {
        using var answer = await host.App.PostAsJsonAsync("requests/complaint", new { email, text });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
    }
}
