using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>From the form to what stands in every source: a person corrects what they gave us.</summary>
[Clause("R-RECTIFY")]
public class RectificationTests
{
    [Fact]
    [Clause("C-RECIPIENTS")]
    public async Task Name_Corrected_IsRightInEverySourceThatHeldItWrong()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();

        var name = Assert.Single(await host.ValuesAsync(link), value => value.Value == Correcting.WrongName).Name;
        await person.SendAsync(link, new() { [name] = " Dana Wrong " });
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        foreach (var title in new[] { "Your account and profile", "Events you registered for", "Your conversations with our support" })
            Assert.Contains($"Name ({title})", told.Text);
        Assert.DoesNotContain("Dana", told.Text);
        Assert.Contains("Sample Resellers Ltd", told.Text);
        var recipients = await host.Outbox.ReceiveAsync(ErasureMails.Officer, "Please tell the recipients of a correction", about: [reference]);
        Assert.Contains("Sample Resellers Ltd", recipients.Text);

        var key = DailySweeps.KeyOf(person.Address);
        var registration = await host.RowAsync("companyEventRegistrations", key, "r-1");
        Assert.Equal(("Dana Wrong", "Winter fair", true), (registration.GetString("Name"), registration.GetString("Event"), registration.GetBoolean("Attended")));
        Assert.IsType<DateTimeOffset>(registration["EventDate"]);
        Assert.Equal("Somebody Else", await host.NameInAsync("companyEventRegistrations", key, "r-2"));
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyProfiles", id, "profile"));
        Assert.Equal(Correcting.WrongName, (await host.RowAsync("companyPayments", id, "p-1")).GetString("BillingName")); // as it was on the invoice
        Assert.Equal(
            """{"Name":"Dana Wrong","Subject":"Grüße","Mood":"unmapped","Messages":[{"Text":"My name is Dana Wrnog"}]}""",
            (await host.Ticket(person.Address).DownloadContentAsync()).Value.Content.ToString());

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["data-shown", "export-opened", "corrections-sent", "corrected", "corrected", "corrected", "closed"], view.Facts().Skip(3));
        Assert.True(view.ChainIsIntact());
        Assert.DoesNotContain("Dana", $"{view}");

        // Before and after are the evidence; they are sealed, and whoever looks at them is noted.
        var evidence = await host.CorrectionsAsync(reference);
        Assert.All(evidence, one => Assert.Equal(
            (Correcting.WrongName, "Dana Wrong", "made"),
            (one.GetProperty("before").GetString(), one.GetProperty("after").GetString(), one.GetProperty("state").GetString())));
        Assert.NotEqual(0, await host.RowsAsync("privacyViews", reference));
        await foreach (var (_, row) in RecordsLook.RowsAsync(host.Storage))
            Assert.DoesNotContain(Correcting.WrongName, row, StringComparison.Ordinal);
    }

    // The person learns of it as long as it is kept.
    [Fact]
    [Clause("R-ACCESS")]
    public async Task Corrections_AreToldInALaterAnswer()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [(await host.ValuesAsync(link)).Single(value => value.Title == "Company").Name] = "Lighthouse Ltd" });
        await host.UntilAsync(reference, found => found.Status() == "closed");

        await person.AskAsync();
        await person.ConfirmAsync("Please confirm your request for your personal data");
        var answer = await person.DownloadAsync();
        var told = Assert.Single(answer.Set("corrections").GetProperty("records").EnumerateArray()).GetProperty("values");
        Assert.Equal(("Lighthouse", "Lighthouse Ltd"), (told.GetProperty("Before").GetString(), told.GetProperty("After").GetString()));
        Assert.Contains("Lighthouse Ltd", answer.Set("profiles").ToString());
    }

    // What is optional can be taken out, what is missing can be added, and the account goes on.
    [Fact]
    [Clause("R-DECLINE")]
    public async Task Optional_Emptied_IsTakenOut_AndWhatIsMissingIsAdded()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        var page = await PageAsync(host, link);
        Assert.Equal("Company (optional)", LabelOf(page, "Lighthouse"));
        Assert.Equal("Name", LabelOf(page, Correcting.WrongName));
        var values = await host.ValuesAsync(link);
        Assert.DoesNotContain(values, value => value.Value == "guessed");

        using (var refused = await person.PostAsync(link, new Dictionary<string, string> { [values.First(value => value.Title == "Name").Name] = "" }))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await person.SendAsync(link, new()
        {
            [values.Single(value => value.Title == "Company").Name] = "", [values.Single(value => value.Title == "Telephone number").Name] = "+32 2 555 0100",
        });
        await host.UntilAsync(reference, found => found.Status() == "closed");
        var profile = await host.RowAsync("companyProfiles", id, "profile");
        Assert.False(profile.ContainsKey("Company"));
        Assert.Equal("+32 2 555 0100", profile.GetString("Phone"));
        Assert.Equal("guessed", profile.GetString("ProductInterest"));
    }

    [Fact]
    public async Task Said_InOwnWords_IsDecidedByAnOperator()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        var name = (await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name;
        await person.SendAsync(link, new() { [name] = "Dana Wrong", ["statement"] = "The invoice p-1\r\nhas a wrong name." });

        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Correcting.Waits, about: [reference]);
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyProfiles", id, "profile")); // does not wait
        var said = (await host.CorrectionsAsync(reference)).Single(one => one.GetProperty("state").GetString() == "awaitsDecision");
        Assert.Equal("The invoice p-1\nhas a wrong name.", said.GetProperty("after").GetString());

        var number = said.GetProperty("number").ToString();
        foreach (var wrong in new object[]
            {
                new { }, new { decision = "maybe" }, new { decision = "refuse" }, new { decision = "refuse", reason = "Right" },
                new { decision = "accept", reason = "right" }, new { decision = "accept", why = "it" },
            })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await host.DecideAsync(reference, number, wrong));
        foreach (var none in new[] { "0", "99", "x", "01" })
            Assert.Equal(HttpStatusCode.NotFound, await host.DecideAsync(reference, none, new { decision = "accept" }));
        foreach (var none in new[] { new string('0', 32), "x", await person.AskAsync() })
            Assert.Equal(HttpStatusCode.NotFound, await host.DecideAsync(none, number, new { decision = "accept" }));

        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, number, new { decision = "refuse", reason = "ofItsTime" }));
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, number, new { decision = "accept" })); // the first decision stands
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        Assert.Contains("What we hold says what was so at the time", told.Text);
        Assert.Contains("complain", told.Text);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Single(view.Facts(), "correction-refused");
        Assert.DoesNotContain("correction-accepted", view.Facts());
        Assert.DoesNotContain("invoice p-1", $"{view}");
    }

    // A legal claim may need what stands there: nobody takes it away without a decision.
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Field_UnderALegalHold_StaysUntilAnOperatorAccepts()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        await host.OperateAsync("holds", new
        {
            email = person.Address, id = $"claim-{id}", kind = "legal", dataSet = "profiles", ground = "A claim is pending.", owner = "legal-team", reviewOn = "2030-01-01",
        });
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [(await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name] = "Dana Wrong" });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Equal(Correcting.WrongName, await host.NameInAsync("companyProfiles", id, "profile"));
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyEventRegistrations", DailySweeps.KeyOf(person.Address), "r-1"));

        var held = (await host.CorrectionsAsync(reference)).Single(one => one.GetProperty("state").GetString() == "awaitsDecision");
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, held.GetProperty("number").ToString(), new { decision = "accept" }));
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyProfiles", id, "profile"));
    }

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
        await Task.WhenAll(Enumerable.Range(1, 4).Select(async window =>
        {
            using var answer = await person.PostAsync(link, new Dictionary<string, string> { [name] = $"Window {window}" });
            Assert.True(answer.IsSuccessStatusCode);
        }));
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
        var page = await PageAsync(host, await person.EnterAsync());
        Assert.Contains("We hold nothing that you could correct here", page.Body!.TextContent);
        Assert.Empty(page.QuerySelectorAll("form input[type=text]"));
    }

    private static async Task<IHtmlDocument> PageAsync(ScenarioHost host, string link) =>
        new HtmlParser().ParseDocument(await host.App.GetStringAsync(link));

    private static string LabelOf(IHtmlDocument page, string value)
    {
        var input = page.QuerySelectorAll("form input[type=text]").OfType<IHtmlInputElement>().Single(each => each.Value == value);
        return page.QuerySelector($"label[for={input.Id}]")!.TextContent;
    }
}
