using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Where people live, if they say it: the law of the place is kept where it is quicker than what everybody was promised.</summary>
[Clause("R-EVERYONE")]
public sealed class ResidenceTests(ResidenceTests.FirstOfApril day) : IClassFixture<ResidenceTests.FirstOfApril>
{
    private readonly LocalHostHere _host = day.Host;

    // A month later is 1 May, a holiday nearly everywhere in the Union and a working day in the United Kingdom.
    [Theory]
    [Clause("L3")]
    [Clause("L11")]
    [InlineData(null, "2026-05-04", "L1:")]
    [InlineData("", "2026-05-04", "L1:")]
    [InlineData("unitedKingdom", "2026-05-01", "L3:")]
    public async Task Request_OfSomebodyWhoLivesThere_IsDueByTheQuickerLaw(string? residence, string due, string rule)
    {
        var person = DataSubject.Stranger(_host);
        using var answer = await _host.App.PostAsJsonAsync("requests/access", new { email = person.Address, residence = residence ?? "" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var reference = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;

        var view = await _host.CaseAsync(reference);
        var stored = view.GetProperty("case");
        Assert.Equal(due, stored.GetProperty("due").GetProperty("on").GetString());
        Assert.Contains(rule, stored.GetProperty("due").GetProperty("trace").GetString());

        // The chain, which forgets nothing, does not tell where they live.
        var received = view.GetProperty("audit")[0].GetProperty("entry").GetProperty("fact").GetProperty("due");
        Assert.Equal(due, received.GetProperty("on").GetString());
        Assert.DoesNotContain("L3", received.GetProperty("trace").GetString(), StringComparison.Ordinal);
        var views = await new TableClient(_host.Storage, "privacyViews").QueryAsync<TableEntity>(row => row.PartitionKey == reference).CountAsync();
        Assert.Equal(string.IsNullOrEmpty(residence) ? 0 : 1, views);
        var mail = await _host.Outbox.ReceiveAsync(person.Address, Mails.Confirm);
        Assert.Contains($"{int.Parse(due[^2..])} May 2026", mail.Text);

        // In the copy of their data as they said it, and nowhere if they said nothing.
        var row = (await new TableClient(_host.Storage, "privacyCases").GetEntityAsync<TableEntity>(reference, "state")).Value;
        Assert.Equal(string.IsNullOrEmpty(residence), row.GetString("Place") is null);
    }

    // Back in the browser and sent again with a place: not the same submission, as it may be due earlier.
    [Fact]
    public async Task Request_SentAgainWithAPlace_IsDueByItsLaw()
    {
        var person = DataSubject.Stranger(_host);
        var due = new List<string?>();
        foreach (var residence in new[] { "", "unitedKingdom", "unitedKingdom" })
        {
            using var answer = await _host.App.PostAsJsonAsync(
                "requests/access", new { email = person.Address, residence, submission = "the same" });
            var reference = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
            due.Add((await _host.CaseAsync(reference)).GetProperty("case").GetProperty("due").GetProperty("on").GetString());
        }

        Assert.Equal(["2026-05-04", "2026-05-01", "2026-05-01"], due);
        Assert.Equal(2, (await _host.Outbox.AllAsync(person.Address)).Count);
    }

    [Fact]
    public async Task Form_KeepsWhatWasChosen_AndSaysWhatIsNoPlace()
    {
        var parser = new HtmlParser();
        using var wrong = await _host.App.PostAsync("requests/erasure", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = "nobody", ["residence"] = "unitedKingdom",
        }));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var again = parser.ParseDocument(await wrong.Content.ReadAsStringAsync());
        Assert.Equal("unitedKingdom", again.QuerySelector("#residence option[selected]")!.GetAttribute("value"));
        Assert.NotNull(again.QuerySelector("#problem-email"));
        Assert.Null(again.QuerySelector("#problem-residence"));

        using var atlantis = await _host.App.PostAsJsonAsync("requests/erasure", new { email = "a@example.org", residence = "california" });
        Assert.Equal(HttpStatusCode.BadRequest, atlantis.StatusCode);
        Assert.Contains("residence", await atlantis.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("requests/ACCESS")]
    [InlineData("Requests/Erasure")]
    public async Task Form_InCapitalLetters_IsTheForm(string path)
    {
        using var page = await _host.App.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var posted = await _host.App.PostAsJsonAsync(path, new { email = DataSubject.Stranger(_host).Address });
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
    }

    [Theory]
    [InlineData("requests/atlantis")]
    [InlineData("requests/termination")] // a kind of case, and no form of this sort
    [InlineData("requests/%20")]
    public async Task Form_OfNoRight_SaysSoAndLeadsBack(string path)
    {
        using var page = await _host.App.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        var shown = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync());
        Assert.Equal("/", shown.QuerySelector("a.next")?.GetAttribute("href"));
        using var posted = await _host.App.PostAsJsonAsync(path, new { email = "a@example.org" });
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
    }

    public sealed class FirstOfApril : IAsyncLifetime
    {
        internal LocalHostHere Host { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Host = await LocalHostHere.StartAsync(new DateOnly(2026, 4, 1), seeded: false, nights: false);
            await SmallCompany.FoundAsync(Host, accounts: 0);
        }

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
