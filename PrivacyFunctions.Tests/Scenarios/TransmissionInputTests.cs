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

        await host.PassAsync(TimeSpan.FromHours(1));
        Assert.Empty(await host.Outbox.AllAsync(bank));
        Assert.Equal(["transmission-asked", "mail-refused"], (await host.CaseAsync(reference)).Facts().TakeLast(2));
    }
}
