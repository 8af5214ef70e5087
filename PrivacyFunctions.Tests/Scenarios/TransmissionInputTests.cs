using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What people and strangers may send about a transmission: each gets a clear answer that loses nothing.</summary>
[Clause("R-PORT")]
public class TransmissionInputTests
{
    private const string Person = "(the person's own)";
    private const string Officer = "(our officer's)";

    [Fact]
    public async Task Form_WithAMistake_SaysWhichAndKeepsTheRest()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.GetReadyAsync();
        var page = await person.TransmissionPageAsync();
        foreach (var (controller, email, again, wrong) in new[]
        {
            ("", "", "", "controller email"), ("Initech", "no address", "no address", "email"), (new string('a', 101), "a@example.org", "a@example.org", "controller"),
            ("Initech", "a@example.org", "b@example.org", "again"), ("Initech", "a@example.org", "", "again"),
            ("Initech", Person, Person, "email"), ("Initech", Officer, Officer, "email"),
        })
        {
            var (to, once) = (Meant(email), Meant(again));
            using var shown = await host.NameControllerAsync(page, to, controller, once);
            var form = await shown.SeenAsync();
            Assert.Equal(HttpStatusCode.BadRequest, shown.StatusCode);
            Assert.Equal(wrong.Split(' ').Select(field => $"problem-{field}"), form.QuerySelectorAll(".problem p").Select(problem => problem.Id));
            Assert.Equal((controller, to), (form.QuerySelector("#controller")!.GetAttribute("value"), form.QuerySelector("#email")!.GetAttribute("value")));

            using var program = await person.PostAsync(page, new { controller, email = to, again = once });
            Assert.Equal(HttpStatusCode.BadRequest, program.StatusCode);
            var errors = (await program.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
            Assert.Equal(wrong.Split(' '), errors.EnumerateObject().Select(error => error.Name));
        }

        Assert.DoesNotContain("transmission-asked", (await host.CaseAsync(reference)).Facts());
        Assert.Equal(0, await host.RowsAsync("privacyTransmissions", reference));

        string Meant(string email) => email switch
        {
            Person => person.Address.ToUpperInvariant(),
            Officer => ErasureMails.Officer,
            _ => email,
        };
    }

    [Fact]
    public async Task Controllers_AreThreeAtMost_AndTheSameAddressTwiceIsOne()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.GetReadyAsync();
        var page = await person.TransmissionPageAsync();
        List<string> named = [Transmitting.FreshMailbox(), Transmitting.FreshMailbox(), Transmitting.FreshMailbox()];
        foreach (var email in named) await host.TransmitAsync(page, email);

        using (var again = await host.NameControllerAsync(page, named[0].ToUpperInvariant(), "By another name")) Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(await host.Outbox.AllAsync(named[0], Transmitting.Offered));
        var fourth = Transmitting.FreshMailbox();
        using (var refused = await host.NameControllerAsync(page, fourth))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("You have named enough companies", (await refused.SeenAsync()).Body!.TextContent);
        }

        Assert.Empty(await host.Outbox.AllAsync(fourth));
        Assert.Equal(3, (await host.CaseAsync(reference)).Facts().Count(fact => fact == "transmission-asked"));
        Assert.Equal(3, await host.RowsAsync("privacyTransmissions", reference));
        using var shown = await host.App.GetAsync(page);
        var form = await shown.SeenAsync();
        Assert.Null(form.QuerySelector("#email"));
        Assert.Equal(["Initech", "Initech", "Initech"], form.QuerySelectorAll("dt").Select(each => each.TextContent));
    }

    // A slip that is noticed: nobody gets the data by it.
    [Fact]
    [Clause("C-SECURE")]
    public async Task Transmission_ThatThePersonStops_EndsTheLink_UnlessItWasUsed()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.GetReadyAsync();
        var page = await person.TransmissionPageAsync();
        var (wrong, right) = (Transmitting.FreshMailbox(), Transmitting.FreshMailbox());
        var (toWrong, toRight) = (await host.TransmitAsync(page, wrong), await host.TransmitAsync(page, right));
        using (var fetched = await host.App.PostAsync(toRight, content: null)) Assert.Equal(HttpStatusCode.OK, fetched.StatusCode);

        using (var shown = await host.App.GetAsync(page))
        {
            var stop = Assert.Single((await shown.SeenAsync()).QuerySelectorAll("form"), form => form.GetAttribute("action")!.EndsWith("/stop", StringComparison.Ordinal));
            var name = stop.QuerySelector("input")!.GetAttribute("value")!;
            foreach (var (which, status) in new[] { ("none", HttpStatusCode.NotFound), (name, HttpStatusCode.OK), (name, HttpStatusCode.OK) })
                using (var stopped = await StopAsync(which))
                    Assert.Equal(status, stopped.StatusCode);
            var fetchedName = (await host.CaseAsync(reference)).GetProperty("case").GetProperty("transmissions").EnumerateArray()
                .Select(each => each.GetProperty("name").GetString()!).Single(each => each != name);
            using var late = await StopAsync(fetchedName);
            Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        }

        foreach (var path in new[] { toWrong, $"{toWrong}/signature" })
            using (var ended = await host.App.PostAsync(path, content: null))
                Assert.Equal(HttpStatusCode.Gone, ended.StatusCode);
        using (var told = await host.App.GetAsync(toWrong)) // and not that the person stopped it
            Assert.Contains("You cannot download the data here any more", (await told.SeenAsync()).Body!.TextContent);
        using (var again = await host.NameControllerAsync(page, wrong))
        {
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
            Assert.Contains("You have stopped sending to this company", (await again.SeenAsync()).Body!.TextContent);
        }

        using (var after = await host.App.GetAsync(page)) Assert.Contains("You stopped it on", (await after.SeenAsync()).Body!.TextContent);
        Assert.Single((await host.CaseAsync(reference)).Facts(), "transmission-stopped");

        Task<HttpResponseMessage> StopAsync(string name) =>
            host.App.PostAsync($"{page}/stop", new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = name }));
    }

    [Fact]
    [Clause("C-SECURE")]
    public async Task Links_OfAnotherPurpose_OrForged_LeadNowhere()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        await person.GetReadyAsync();
        var (download, page) = (await person.LinkAsync(PortabilityTests.Ready), await person.TransmissionPageAsync());
        var link = await host.TransmitAsync(page, Transmitting.FreshMailbox());
        var (asks, offers, fetches) = (page.Split('/')[1], download.Split('/')[1], link.Split('/')[1]);
        foreach (var path in new[]
        {
            $"transmissions/{offers}", $"transmissions/{fetches}", "transmissions/none", $"handovers/{asks}", $"handovers/{offers}", "handovers/none",
            $"handovers/{fetches[..^4]}AAAA", $"download/{asks}", $"export/{asks}", $"export/{fetches}",
        })
        {
            using var opened = await host.App.GetAsync(path);
            Assert.True(opened.StatusCode == HttpStatusCode.NotFound, path);
            if (path.StartsWith("download", StringComparison.Ordinal) || path.StartsWith("export", StringComparison.Ordinal)) continue;
            using var posted = await host.App.PostAsync(path, content: null);
            Assert.True(posted.StatusCode == HttpStatusCode.NotFound, path);
        }
    }

    [LocalFact("lets everybody's mails fail", typeof(TransmissionInputTests))]
    public async Task Address_ThatTakesNoMail_IsToldToThePersonAndTriedNoMore()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.GetReadyAsync();
        var (page, bank) = (await person.TransmissionPageAsync(), Transmitting.FreshMailbox());
        await host.RefuseMailsAsync(next: 1, status: 400);

        foreach (var _ in new[] { 1, 2 })
        {
            using var answer = await host.NameControllerAsync(page, bank);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("No mail reaches this address", (await answer.SeenAsync()).Body!.TextContent);
        }

        Assert.Equal(["transmission-asked", "mail-refused"], (await host.CaseAsync(reference)).Facts().TakeLast(2));
        // It took no place.
        for (var number = 1; number <= 3; number++) await host.TransmitAsync(page, Transmitting.FreshMailbox());

        // At the end the person hears nothing of it once more.
        await host.PassAsync(TimeSpan.FromDays(15));
        Assert.Empty(await host.Outbox.AllAsync(bank));
        var missed = await host.Outbox.ReceiveAsync(person.Address, "Other companies have not downloaded your data");
        Assert.Contains("You asked us to send your data to 3 other companies. It was not downloaded by any of them.", missed.Text!.ReplaceLineEndings(" "));
    }
}
