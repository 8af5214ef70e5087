using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Whoever received a person's data is told of what was done with it, and what comes back is kept.</summary>
[Clause("C-RECIPIENTS")]
public class RecipientTests
{
    [Fact]
    [Clause("R-ERASE")]
    public async Task Erasure_IsToldToARecipientByMail_WhichAnswersOnItsPage()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var reference = await host.EraseAsync(person);
        var mail = await host.Outbox.ReceiveAsync(Notifying.Reseller, Notifying.Erased, about: [reference]);
        Assert.DoesNotContain("person-", $"{mail.Subject}{mail.Text}{mail.Html}", StringComparison.OrdinalIgnoreCase);
        var byHand = await host.Outbox.ReceiveAsync(ErasureMails.Officer, ErasureMails.Recipients, about: [reference]);
        Assert.Contains("they can answer on a page of ours: Sample Resellers Ltd.", byHand.Text!.ReplaceLineEndings(" "));
        Assert.DoesNotContain("passed some of it on to: Sample Resellers", byHand.Text, StringComparison.Ordinal);
        Assert.Contains("Sample Resellers Ltd", (await host.Outbox.ReceiveAsync(person.Address, ErasureMails.Done)).Text);

        var link = DataSubject.LinkIn(mail);
        var page = await host.NoticePageAsync(link);
        var shown = page.QuerySelectorAll("dd").Select(each => each.TextContent).ToList();
        foreach (var each in new[] { person.Address, second.Address, "Your account and profile", reference }) Assert.Contains(each, shown);
        Assert.Equal("recipient-told", (await host.CaseAsync(reference)).Facts().Last(fact => fact.StartsWith("recipient", StringComparison.Ordinal)));
        using (var nothing = await host.AnswerAsync(link, "perhaps"))
        {
            Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
            Assert.Contains("href=\"#answer\"", await nothing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("reseller", await host.OpenAsync(reference));
        foreach (var answer in new[] { "done", "refused" }) // the first one stands
            using (var sent = await host.AnswerAsync(link, answer))
                Assert.Equal((HttpStatusCode.SeeOther, $"/{link}"), (sent.StatusCode, sent.Headers.Location!.OriginalString));
        var after = await host.NoticePageAsync(link);
        Assert.Contains("Your answer: It is done.", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("@example", after.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("reseller", await host.OpenAsync(reference));
        Assert.DoesNotContain(
            await host.Outbox.AllAsync(ErasureMails.Officer, Notifying.Declined), each => each.Text!.Contains(reference, StringComparison.Ordinal));

        var view = await host.CaseAsync(reference);
        Assert.Equal(("recipient", true), (view.ActorOf("recipient-answered"), view.ChainIsIntact()));
        Assert.Equal("done", (await host.NoticesAsync(reference, "erased"))["reseller"].Text("answer"));
        Assert.False(await HoldsPersonAsync(host, reference, "Sample Resellers Ltd"));
        Assert.DoesNotContain(person.Address, $"{view}", StringComparison.OrdinalIgnoreCase);
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }

    [Fact]
    public async Task Answer_ThatItIsNotDone_IsToldTheOfficer()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await host.EraseAsync(person);
        var link = await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Erased, reference);
        using (var wrong = await person.PostAsync(link, new { answer = "later" })) Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        foreach (var _ in new[] { 1, 2 })
            using (var sent = await person.PostAsync(link, new { answer = "impossible" }))
                Assert.Equal("impossible", (await sent.Content.ReadFromJsonAsync<JsonElement>()).Text("answer"));
        var told = await host.Outbox.ReceiveAsync(ErasureMails.Officer, Notifying.Declined, about: [reference]);
        Assert.Contains("Sample Resellers Ltd was told of an erasure, and answers that it is impossible.", told.Text);
        Assert.Single((await host.CaseAsync(reference)).Facts(), "recipient-answered");
        foreach (var none in new[] { "recipients/AAAA", $"recipients/{(await person.PageAsync(host, ErasureMails.Done)).Split('/')[^1]}" })
            using (var answer = await host.App.GetAsync(none))
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Officer_TellsWhomNoMailIsSentTo_AndEntersWhatComesBack()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await host.EraseAsync(person);
        var notices = await host.NoticesAsync(reference, "erased");
        Assert.Equal(("Microsoft Ireland Operations Ltd", null), (notices["azure"].Text("name"), notices["azure"].Text("toldOn")));
        Assert.Equal("mail", notices["reseller"].Text("way"));
        Assert.DoesNotContain("staff", notices.Keys);
        Assert.DoesNotContain("organiser", notices.Keys);

        // The case is closed, and whoever tells them has to know whom it is about.
        var views = await ViewsAsync(host, reference);
        var (seen, about) = await host.CallAsync(HttpMethod.Get, $"api/operator/cases/{reference}/recipients/person");
        Assert.Equal((HttpStatusCode.OK, views + 1), (seen, await ViewsAsync(host, reference)));
        var act = Assert.Single(about.GetProperty("acts").EnumerateArray());
        Assert.Equal(("erased", person.Address), (act.Text("act"), Assert.Single(act.GetProperty("addresses").EnumerateArray()).GetString()));

        var (told, answered) = (new { act = "erased", recipient = "azure", way = "interface" }, new { act = "erased", recipient = "azure", answer = "done" });
        Assert.Equal(HttpStatusCode.Conflict, await host.AnsweredAsync(reference, answered)); // told first
        foreach (var wrong in new object[]
        {
            new { }, new { told.act, told.recipient }, new { told.act, told.way }, new { act = "sold", told.recipient, told.way }, new { told.act, told.recipient, way = "Mail" },
            new { told.act, told.recipient, told.way, on = "yesterday" }, new { told.act, told.recipient, told.way, on = "2100-01-31" },
            new { told.act, told.recipient, told.way, on = "2001-01-31" }, new { told.act, told.recipient, told.way, corrects = "no" },
            new { told.act, told.recipient, told.way, by = "me" },
        })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await host.ToldAsync(reference, wrong));
        foreach (var (none, entry) in new (string, object)[]
        {
            (reference, new { told.act, recipient = "nobody", told.way }), (reference, new { act = "lifted", told.recipient, told.way }),
            (new string('0', 32), told), ("nothing", told),
        })
            Assert.Equal(HttpStatusCode.NotFound, await host.ToldAsync(none, entry));

        var twice = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.ToldAsync(reference, told)));
        Assert.All(twice, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.Conflict, await host.ToldAsync(reference, new { told.act, told.recipient, way = "letter" }));
        Assert.Equal(HttpStatusCode.OK, await host.ToldAsync(reference, new { told.act, told.recipient, way = "letter", corrects = "yes" }));
        Assert.Contains("azure", await host.OpenAsync(reference));
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.OK, await host.AnsweredAsync(reference, answered));
        Assert.Equal(HttpStatusCode.Conflict, await host.AnsweredAsync(reference, new { answered.act, answered.recipient, answer = "refused" }));
        Assert.Equal(HttpStatusCode.OK, await host.AnsweredAsync(reference, new { answered.act, answered.recipient, answer = "refused", corrects = "yes" }));
        Assert.DoesNotContain("azure", await host.OpenAsync(reference));
        Assert.Equal(HttpStatusCode.OK, await host.AnsweredAsync(reference, new { told.act, recipient = "sendgrid", answer = "disproportionate" })); // untold
        Assert.Equal(["reseller"], await host.OpenAsync(reference));

        var azure = (await host.NoticesAsync(reference, "erased"))["azure"];
        Assert.Equal(("letter", "refused"), (azure.Text("way"), azure.Text("answer")));
        var view = await host.CaseAsync(reference);
        Assert.Equal(["recipient-told", "recipient-told", "recipient-answered", "recipient-answered", "recipient-answered"], view.Facts().TakeLast(5));
        Assert.True(view.ChainIsIntact());
        Assert.NotEqual("system", view.ActorOf("recipient-told"));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync(HttpMethod.Get, "api/operator/recipients?continue=x")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync(HttpMethod.Get, "api/operator/recipients?case=x")).Status);
    }

    [LocalFact("moves its clock", typeof(RecipientTests))]
    [Clause("R-RESTRICT")]
    public async Task Restriction_IsToldToThoseWhoHaveSomething_AndItsEndToThemAgain()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync(right: "restriction", ground: "accuracy");
        await person.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");
        var link = await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Restricted, reference);
        Assert.Contains(person.Address, (await host.NoticePageAsync(link)).Body!.TextContent, StringComparison.Ordinal);

        // Nobody registered for anything: the organiser must not learn of the person.
        Assert.Empty(await host.Outbox.AllAsync(Notifying.Organiser));
        Assert.DoesNotContain("Sample Events GmbH", (await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person's data must not be used for now")).Text, StringComparison.Ordinal);
        Assert.Equal(["azure", "reseller", "sendgrid"], (await host.NoticesAsync(reference, "restricted")).Keys.Order());

        // While another one stands, they must not begin to use it again.
        var hold = new { email = person.Address, id = "r-1", kind = "restriction", ground = "A letter.", owner = "dpo", reviewOn = "2100-01-31" };
        await host.OperateAsync("holds", hold);
        await LiftAsync(host, reference);
        Assert.Empty(await host.Outbox.AllAsync(Notifying.Reseller, Notifying.Lifted));
        await host.OperateAsync("holds/release", new { hold.email, hold.id });

        var again = new DataSubject(host, person.Address);
        reference = await again.AskAsync(right: "restriction", ground: "claims");
        await again.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");
        var restricted = await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Restricted, reference);
        Assert.Equal(HttpStatusCode.OK, await host.ToldAsync(reference, new { act = "restricted", recipient = "azure", way = "letter" }));
        await LiftAsync(host, reference);
        var lifted = await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Lifted, reference);
        Assert.Contains(person.Address, (await host.NoticePageAsync(lifted)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await host.Outbox.AllAsync(Notifying.Organiser));

        // Who was told of it hears that it is over, by whatever way; who was not has nothing to do any more.
        var toTell = (await host.Outbox.ReceiveAsync(ErasureMails.Officer, "Please tell the recipients that a restriction is over")).Text!;
        Assert.Contains("Microsoft Ireland Operations Ltd", toTell, StringComparison.Ordinal);
        Assert.DoesNotContain("Twilio", toTell, StringComparison.Ordinal);
        var over = (await host.NoticePageAsync(restricted)).Body!.TextContent;
        Assert.Contains("This is over", over, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Address, over, StringComparison.Ordinal);
        await host.FireAsync("WatchRecipients");
        Assert.DoesNotContain("sendgrid", await host.OpenAsync(reference));
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
    }

    [LocalFact("moves its clock", typeof(RecipientTests))]
    public async Task Silence_IsToldTheOfficerOnceOfEach_AndThePersonIsForgottenInTheEnd()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var (other, _) = await SmallCompany.JoinAsPersonAsync(host);
        var (first, second) = (await host.EraseAsync(person), await host.EraseAsync(other));
        var link = await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Erased, first);
        using (await host.AnswerAsync(await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Erased, second), "nothingHeld"))
            await host.PassAsync(TimeSpan.FromDays(13));
        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer, Notifying.Late));

        await host.PassAsync(TimeSpan.FromDays(2));
        var late = await LateOfAsync(host, first);
        Assert.Contains("Sample Resellers Ltd", Assert.Single(late));
        Assert.Contains("Microsoft Ireland Operations Ltd", late[0]);
        Assert.DoesNotContain("Sample Resellers Ltd", Assert.Single(await LateOfAsync(host, second)));

        // Nobody looks at it again before something has to be done, or was entered.
        var today = $"{await host.NowAsync():yyyy-MM-dd}";
        Assert.All(await LooksAsync(host), day => Assert.True(string.CompareOrdinal(day, today) > 0, day));

        // Told at last, the one has as many days to answer.
        var told = new { act = "erased", recipient = "azure", way = "letter" };
        Assert.Equal(HttpStatusCode.OK, await host.ToldAsync(first, told));
        await host.FireAsync("WatchRecipients");
        await host.PassAsync(TimeSpan.FromDays(16));
        late = await LateOfAsync(host, first);
        Assert.Equal(2, late.Count);
        Assert.Contains("Microsoft Ireland Operations Ltd", late[1]);
        Assert.DoesNotContain("Sample Resellers Ltd", late[1]);
        Assert.Equal(HttpStatusCode.OK, await host.AnsweredAsync(first, new { told.act, told.recipient, answer = "done" }));

        Assert.True(await HoldsPersonAsync(host, first));
        Assert.Contains(person.Address, (await host.NoticePageAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromDays(31));
        Assert.False(await HoldsPersonAsync(host, first));
        foreach (var forgotten in new[] { first, "nobody" })
            Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, $"api/operator/cases/{forgotten}/recipients/person")).Status);
        using (var gone = await host.App.GetAsync(link)) Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal((2, 1), ((await LateOfAsync(host, first)).Count, (await LateOfAsync(host, second)).Count));
        Assert.Contains("reseller", await host.OpenAsync(first));
        var view = await host.CaseAsync(first);
        Assert.Equal((2, true), (view.Facts().Count(fact => fact == "recipients-late"), view.ChainIsIntact()));
        Assert.DoesNotContain(person.Address, host.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Clause("R-ACCESS")]
    public async Task Copy_OfALaterDay_TellsWhoWasToldOfWhat_ToTheSamePersonAlone()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        var name = (await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name;
        await person.SendAsync(link, new() { [name] = "Dana Wrong" });
        await host.UntilAsync(reference, view => view.Status() == "closed");
        var page = await host.NoticeLinkAsync(Notifying.Organiser, "Please correct a person's data", reference);
        Assert.DoesNotContain("Dana", (await host.NoticePageAsync(page)).Body!.TextContent, StringComparison.Ordinal);
        using (await host.AnswerAsync(page, "nothingHeld")) await person.AskAsync();
        await person.ConfirmAsync("Please confirm your request for your personal data");

        var told = (await person.DownloadAsync()).Set("recipient-notices").GetProperty("records").EnumerateArray().Select(each => each.GetProperty("values")).ToList();
        var organiser = told.Single(each => each.Text("Recipient") == "Sample Events GmbH");
        Assert.Equal(
            ("Correction", "Events you registered for", "by e-mail", "No data about the person is held there"),
            (organiser.Text("Act"), organiser.Text("DataSets"), organiser.Text("Way"), organiser.Text("Answer")));
        Assert.All(told, each => Assert.Null(each.Text("Person")));

        // Whoever has the mailbox later is somebody else.
        await SmallCompany.LeaveAsync(host, person.Address, id);
        await SmallCompany.ShareAsync(host, person.Address, (await SmallCompany.JoinAsPersonAsync(host)).Id);
        var heir = new DataSubject(host, person.Address);
        var copy = await heir.ReceiveEverythingAsync();
        Assert.DoesNotContain("Sample Events GmbH", copy.Set("recipient-notices").GetProperty("records").ToString(), StringComparison.Ordinal);
    }

    /// <summary>What was erased, and under which addresses, is told to the person alone.</summary>
    [Fact]
    [Clause("R-ERASE")]
    public async Task Erasure_OfSomebodyWhoseMailboxIsAnothersNow_IsToldToTheOfficerAlone()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        await SmallCompany.LeaveAsync(host, person.Address, id);
        await SmallCompany.ShareAsync(host, person.Address, (await SmallCompany.JoinAsPersonAsync(host)).Id);
        while ((await host.UntilAsync(reference, view => view.Status() is "awaitingApproval" or "closed")).Status() != "closed")
            await host.ApproveWaitingPlanAsync(reference);

        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person cannot be told what was erased", about: [reference]);
        foreach (var mailbox in new[] { person, second }) Assert.Empty(await host.Outbox.AllAsync(mailbox.Address, ErasureMails.Done));
    }

    private static async Task LiftAsync(OwnClockHost host, string reference)
    {
        await host.OperateAsync($"cases/{reference}/lifting", new { reason = "wished" });
        await host.PassAsync(TimeSpan.FromDays(9));
        await host.UntilAsync(reference, view => view.Status() == "closed");
    }

    private static async Task<IReadOnlyList<string>> LateOfAsync(ScenarioHost host, string reference) =>
    [
        .. (await host.Outbox.AllAsync(ErasureMails.Officer, Notifying.Late)).Select(mail => mail.Text!)
            .Where(text => text.Contains(reference, StringComparison.Ordinal)),
    ];

    private static async Task<IReadOnlyList<string>> LooksAsync(ScenarioHost host) => await new TableClient(host.Storage, "privacyOpenNotices")
        .QueryAsync<TableEntity>().Select(row => row.GetString("LookOn")).ToListAsync();

    private static async Task<bool> HoldsPersonAsync(ScenarioHost host, string reference, string? recipient = null) =>
        await new TableClient(host.Storage, "privacyRecipientNotices")
            .QueryAsync<TableEntity>(row => row.PartitionKey == reference)
            .AnyAsync(row => row.ContainsKey("Person") && (recipient is null || row.GetString("Recipient") == recipient));

    private static async Task<int> ViewsAsync(ScenarioHost host, string reference) =>
        await new TableClient(host.Storage, "privacyViews").QueryAsync<TableEntity>(row => row.PartitionKey == reference).CountAsync();
}
