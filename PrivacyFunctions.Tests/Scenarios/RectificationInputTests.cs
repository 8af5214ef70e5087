using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The form for corrections, with mistakes, sent several times, and without a right to it.</summary>
[Clause("R-RECTIFY")]
public class RectificationInputTests
{
    [Fact]
    public async Task Form_WithMistakes_SaysThemAllAndKeepsWhatWasTyped()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        var names = (await host.ValuesAsync(link)).Where(value => value.Title == "Name").ToDictionary(value => value.Value, value => value.Name);
        using var sent = await host.App.PostAsync(link, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            [names[Correcting.WrongName]] = new('x', 501), [names["Somebody Else"]] = "Somebody <b>New</b>", ["statement"] = new('y', 2001),
            ["now-AAAAAAAAAAAAAAAA"] = "of another page",
        }));
        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        var page = new HtmlParser().ParseDocument(await sent.Content.ReadAsStringAsync());
        Assert.Equal(3, page.QuerySelectorAll(".problem a").Length);
        Assert.Equal("Somebody <b>New</b>", ((IHtmlInputElement)page.QuerySelector($"#{names["Somebody Else"]}")!).Value);
        Assert.Equal(new string('y', 2001), ((IHtmlTextAreaElement)page.QuerySelector("#statement")!).Value);

        foreach (var nothing in new Dictionary<string, string>[] { [], new() { [names["Somebody Else"]] = " Somebody Else" }, new() { ["statement"] = " " } })
        {
            using var empty = await person.PostAsync(link, nothing);
            Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        }

        // One line cannot give back what has two, and an entry of two lines is no business of this form.
        await host.WriteAsync("companyEventRegistrations", DailySweeps.KeyOf(person.Address), "r-3", ("Name", "Two\nlines"), ("EventDate", DateTimeOffset.UtcNow));
        Assert.DoesNotContain(await host.ValuesAsync(link), value => value.Value.StartsWith("Two", StringComparison.Ordinal));
        Assert.Contains("more than this page can show", (await host.CorrectionFormAsync(link)).Body!.TextContent);

        // Of two that swap, a crash in between would make one of the other.
        using var swap = await person.PostAsync(link, new Dictionary<string, string>
        {
            [names[Correcting.WrongName]] = "Somebody Else", [names["Somebody Else"]] = Correcting.WrongName,
        });
        Assert.Equal(HttpStatusCode.BadRequest, swap.StatusCode);
        Assert.Equal("offered", (await host.CaseAsync(reference)).Status());
        Assert.Equal(0, await host.RowsAsync("privacyCorrections", reference));
    }

    // Sent twice, or by two windows at a time, the first counts, and of the others nothing stays.
    [Fact]
    public async Task Sent_SeveralTimes_CountsOnce()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        var name = (await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name;
        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(async window =>
        {
            using var answer = await person.PostAsync(link, new Dictionary<string, string> { [name] = $"Window {window}" });
            Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict);
            return answer.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.Accepted);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        var counted = await host.NameInAsync("companyProfiles", id, "profile");
        Assert.StartsWith("Window ", counted);
        Assert.All(await host.CorrectionsAsync(reference), one => Assert.Equal(counted, one.GetProperty("after").GetString()));
        Assert.Equal(3, await host.RowsAsync("privacyCorrections", reference));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Correcting.Corrected));

        // Opened again, the page shows nothing of the person any more.
        using var again = await host.App.GetAsync(link);
        var page = await again.Content.ReadAsStringAsync();
        Assert.Contains("We have your corrections", page);
        Assert.DoesNotContain("Window", page);
    }

    [LocalFact("moves its clock", typeof(RectificationInputTests))]
    [Clause("C-SECURE")]
    public async Task Sent_AfterTheHour_WaitsOnThePageForAFreshCode_AndIsNotLost()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        var name = (await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name;
        var typed = new Dictionary<string, string> { [name] = "Dana \"Right\"", ["statement"] = "" };
        await host.PassAsync(TimeSpan.FromHours(1));
        using (var shown = await host.App.GetAsync(link))
        {
            Assert.Equal(HttpStatusCode.Gone, shown.StatusCode);
            Assert.Contains("Send me a fresh code", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var program = await person.PostAsync(link, typed)) Assert.Equal(HttpStatusCode.Gone, program.StatusCode);
        var asked = await LateAsync(typed);
        Assert.Equal("offered", (await host.CaseAsync(reference)).Status());
        Assert.DoesNotContain(Correcting.WrongName, asked.Body!.TextContent, StringComparison.Ordinal);
        var code = (await host.Outbox.ReceiveAsync(person.Address, Mails.Code)).Text!.Split('\n').Last(line => line.Trim() is { Length: 6 } digits && digits.All(char.IsDigit)).Trim();
        foreach (var wrong in new[] { "", "12", code == "000000" ? "000001" : "000000" }) asked = await LateAsync(FieldsOf(asked, wrong));

        // With a mistake the page is open for another hour.
        var tooLong = FieldsOf(asked, code);
        tooLong[name] = new('x', 501);
        using var mistaken = await host.App.PostAsync(link, new FormUrlEncodedContent(tooLong));
        Assert.Equal(HttpStatusCode.BadRequest, mistaken.StatusCode);
        var open = new HtmlParser().ParseDocument(await mistaken.Content.ReadAsStringAsync()).QuerySelector("form")!.GetAttribute("action")!.TrimStart('/');
        await person.SendAsync(open, typed);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("Dana \"Right\"", await host.NameInAsync("companyProfiles", id, "profile"));

        async Task<IHtmlDocument> LateAsync(Dictionary<string, string> fields)
        {
            using var late = await host.App.PostAsync(link, new FormUrlEncodedContent(fields));
            Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
            return new HtmlParser().ParseDocument(await late.Content.ReadAsStringAsync());
        }

        static Dictionary<string, string> FieldsOf(IHtmlDocument page, string code) => new(
            page.QuerySelectorAll("form input").Cast<IHtmlInputElement>().Select(input => KeyValuePair.Create(input.Name!, input.Name == "code" ? code : input.Value)));
    }

    [Fact]
    [Clause("C-SECURE")]
    public async Task Page_WithoutACode_OrOfAnotherCase_OpensNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        await person.AskAsync(right: Correcting.Right);
        await person.ConfirmAsync(Correcting.Asks);
        var mailed = await person.LinkAsync(Correcting.Ready);
        foreach (var wrong in new[] { mailed[(mailed.LastIndexOf('/') + 1)..], "AAAA", new string('A', 3000) })
        {
            using var shown = await host.App.GetAsync($"corrections/{wrong}");
            using var sent = await person.PostAsync($"corrections/{wrong}", new { statement = "mine" });
            Assert.True(shown.StatusCode >= HttpStatusCode.BadRequest && sent.StatusCode >= HttpStatusCode.BadRequest);
        }

        // Nobody is known under the address: that is what its owner learns, and can still say something.
        var page = await host.CorrectionFormAsync(await person.EnterAsync());
        Assert.Contains("We hold nothing that you could correct here", page.Body!.TextContent);
        Assert.Empty(page.QuerySelectorAll("form input[type=text]"));
    }
}
