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

    // With the data goes what they had said about it.
    [Fact]
    [Clause("R-ERASE")]
    public async Task Corrections_OfAPersonWhoseDataIsErased_GoWithIt()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.WriteAsync("companyProfiles", id, "profile", ("Name", Correcting.WrongName), ("Email", person.Address));
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [Assert.Single(await host.ValuesAsync(link), value => value.Title == "Name").Name] = "Dana Wrong" });
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(1, await host.RowsAsync("privacyCorrections", reference));

        var erasure = await person.AskAsync(right: "erasure");
        await person.ConfirmAsync("Please confirm your request to erase");
        await host.ApproveWaitingPlanAsync(erasure);
        await host.UntilAsync(erasure, found => found.Status() == "closed");
        Assert.Equal(0, await host.RowsAsync("privacyCorrections", reference));
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
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
        Assert.Equal("Name", LabelOf(page, "Somebody Else"));
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
    [Clause("C-MINIMUM")]
    public async Task Said_InOwnWords_IsDecidedByAnOperator()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        var name = (await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name;
        await person.SendAsync(link, new() { [name] = "Dana Wrong", ["statement"] = "The invoice p-1\r\nhas a wrong name. I paid by 4111 1111 1111 1111." });

        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Correcting.Waits, about: [reference]);
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyProfiles", id, "profile")); // does not wait
        var said = (await host.CorrectionsAsync(reference)).Single(one => one.GetProperty("state").GetString() == "awaitsDecision");
        Assert.Equal("The invoice p-1\nhas a wrong name. I paid by …1111.", said.GetProperty("after").GetString());

        var number = said.GetProperty("number").ToString();
        foreach (var wrong in new object[]
            {
                new { }, new { decision = "maybe" }, new { decision = "refuse" }, new { decision = "refuse", reason = "Right" },
                new { decision = "accept", reason = "right" }, new { decision = "accept", why = "it" }, new { decision = "done", reason = "right" },
                new { decision = "done", dataSets = "payments invoices" }, new { decision = "refuse", reason = "right", dataSets = "payments" },
            })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await host.DecideAsync(reference, number, wrong));
        Assert.Equal(HttpStatusCode.Conflict, await host.DecideAsync(reference, number, new { decision = "accept" })); // no program understands it
        foreach (var none in new[] { "0", "99", "x", "01" })
            Assert.Equal(HttpStatusCode.NotFound, await host.DecideAsync(reference, none, new { decision = "accept" }));
        foreach (var none in new[] { new string('0', 32), "x", await person.AskAsync() })
            Assert.Equal(HttpStatusCode.NotFound, await host.DecideAsync(none, number, new { decision = "accept" }));

        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, number, new { decision = "refuse", reason = "ofItsTime" }));
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, number, new { decision = "done" })); // the first decision stands
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        Assert.Contains("It says what was so at the time", told.Text);
        Assert.Contains("complain", told.Text);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Single(view.Facts(), "correction-refused");
        Assert.DoesNotContain("corrected-by-hand", view.Facts());
        Assert.DoesNotContain("invoice p-1", $"{view}");
    }

    // A legal claim may need what stands there: nobody takes it away without a decision.
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Fields_UnderALegalHold_StayUntilAnOperatorDecidesAboutEach()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        foreach (var set in new[] { "profiles", "event-registrations" })
            await host.OperateAsync("holds", new
            {
                email = person.Address, id = $"claim-{set}-{id}", kind = "legal", dataSet = set, ground = "A claim is pending.", owner = "legal-team",
                reviewOn = "2030-01-01",
            });
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [(await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name] = "Dana Wrong" });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        var key = DailySweeps.KeyOf(person.Address);
        Assert.Equal(Correcting.WrongName, await host.NameInAsync("companyProfiles", id, "profile"));
        Assert.Equal(Correcting.WrongName, await host.NameInAsync("companyEventRegistrations", key, "r-1"));
        Assert.Contains("Dana Wrong", (await host.Ticket(person.Address).DownloadContentAsync()).Value.Content.ToString());

        var held = (await host.CorrectionsAsync(reference)).Where(one => one.GetProperty("state").GetString() == "awaitsDecision").ToList();
        Assert.All(held, one => Assert.Equal("legalHold", one.GetProperty("why").GetString()));
        var numbers = held.ToDictionary(one => one.GetProperty("dataSet").GetString()!, one => one.GetProperty("number").ToString());
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, numbers["profiles"], new { decision = "accept" }));
        await host.UntilAsync(async () => await host.NameInAsync("companyProfiles", id, "profile") == "Dana Wrong");
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Correcting.Corrected)); // not before all is decided
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, numbers["event-registrations"], new { decision = "refuse", reason = "legalClaim" }));
        await host.UntilAsync(reference, found => found.Status() == "closed");
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        Assert.Contains("Not corrected: Name (Events you registered for). It has to stay as it is", told.Text);
        Assert.Equal(Correcting.WrongName, await host.NameInAsync("companyEventRegistrations", key, "r-1"));
    }

    // The hold on an account protects what its owner has, too.
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Profile_OfTheOwnerOfAHeldAccount_StaysUntilAnOperatorDecides()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = Assert.Single(await SmallCompany.JoinAsync(host, accounts: 1));
        await host.OperateAsync("holds", new
        {
            account = owner.Account, id = $"claim-{owner.Account}", kind = "legal", ground = "A claim is pending.", owner = "legal-team", reviewOn = "2030-01-01",
        });
        var person = new DataSubject(host, owner.Address);
        var (reference, link) = await person.LookThroughAsync();
        var name = (await host.ValuesAsync(link)).First(value => value.Title == "Name");
        await person.SendAsync(link, new() { [name.Name] = "Renamed" });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Contains("legalHold", $"{(await host.CorrectionsAsync(reference))[0]}");
    }

    // What no program can read, a person sees to; the rest does not wait for it.
    [Fact]
    public async Task Document_ThatCannotBeWritten_WaitsForAnOperatorAndTheRestIsMade()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        await host.Ticket(person.Address).UploadAsync(new BinaryData($$"""{"Name":"{{Correcting.WrongName}}","A":1,"A":2}"""), overwrite: true);
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [(await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name] = "Dana Wrong" });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyProfiles", id, "profile"));
        var broken = (await host.CorrectionsAsync(reference)).Single(one => one.GetProperty("state").GetString() == "awaitsDecision");
        Assert.Equal("cannotBeMade", broken.GetProperty("why").GetString());
        Assert.Equal(
            HttpStatusCode.OK,
            await host.DecideAsync(reference, broken.GetProperty("number").ToString(), new { decision = "done", dataSets = "support-conversations" }));
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Contains("Name (Your conversations with our support)", (await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected)).Text);
    }

    // What an operator corrects by hand is told to whoever had it, too.
    [Fact]
    [Clause("C-RECIPIENTS")]
    public async Task Said_CorrectedByHand_IsToldToThePersonAndTheRecipients()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { ["statement"] = "My invoice has a wrong name." });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, "1", new { decision = "done", dataSets = "payments, profiles" }));
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        Assert.Contains("corrected something in: Your payments; Your account and profile", told.Text);
        Assert.Contains("Sample Resellers Ltd", told.Text);
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "Please tell the recipients of a correction", about: [reference]);
    }

    // The mailbox has come to somebody else: nothing of theirs is touched, and nobody is told whose it was.
    [Fact]
    [Clause("L9")]
    public async Task Mailbox_ThatCameToSomebodyElse_IsNotWrittenToAndTheirDataStays()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { ["statement"] = "I am not called that." });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        var heir = $"{id}-heir";
        await SmallCompany.ShareAsync(host, person.Address, heir);
        await SmallCompany.LeaveAsync(host, person.Address, id);

        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, "1", new { decision = "done" }));
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person cannot be told what was corrected", about: [reference]);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Correcting.Answered));

        // What the one before said is none of their answer.
        await person.AskAsync();
        await person.ConfirmAsync("Please confirm your request for your personal data");
        Assert.DoesNotContain("I am not called that", (await person.DownloadAsync()).Everything);
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

        // One line cannot give back what has two, and an entry of two lines is no business of this form.
        await host.WriteAsync("companyEventRegistrations", DailySweeps.KeyOf(person.Address), "r-3", ("Name", "Two\nlines"), ("EventDate", DateTimeOffset.UtcNow));
        Assert.DoesNotContain(await host.ValuesAsync(link), value => value.Value.StartsWith("Two", StringComparison.Ordinal));
        Assert.Contains("more than this page can show", (await PageAsync(host, link)).Body!.TextContent);

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
