using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Whom no mail tells, somebody tells; what comes back is entered, and the officer hears of what does not.</summary>
[Clause("C-RECIPIENTS")]
public class RecipientOfficerTests
{
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
        var (seen, about) = await host.PersonToTellOfAsync(reference);
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

        Assert.True(await host.HoldsPersonAsync(first));
        Assert.Contains(person.Address, (await host.NoticePageAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromDays(31));
        Assert.False(await host.HoldsPersonAsync(first));
        foreach (var forgotten in new[] { first, "nobody" })
            Assert.Equal(HttpStatusCode.NotFound, (await host.PersonToTellOfAsync(forgotten)).Status);
        using (var gone = await host.App.GetAsync(link)) Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        // Of each, and once more of those that nobody told while anybody could see whom it was about.
        late = await LateOfAsync(host, first);
        Assert.Equal((3, 2), (late.Count, (await LateOfAsync(host, second)).Count));
        Assert.DoesNotContain("Sample Resellers Ltd", late[2]);
        Assert.DoesNotContain("Microsoft Ireland Operations Ltd", late[2]);
        Assert.Contains("reseller", await host.OpenAsync(first));
        var view = await host.CaseAsync(first);
        Assert.Equal((3, true), (view.Facts().Count(fact => fact == "recipients-late"), view.ChainIsIntact()));
        Assert.DoesNotContain(person.Address, host.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<IReadOnlyList<string>> LateOfAsync(ScenarioHost host, string reference) =>
    [
        .. (await host.Outbox.AllAsync(ErasureMails.Officer, Notifying.Late)).Select(mail => mail.Text!)
            .Where(text => text.Contains(reference, StringComparison.Ordinal)),
    ];

    private static async Task<IReadOnlyList<string>> LooksAsync(ScenarioHost host) => await new TableClient(host.Storage, "privacyOpenNotices")
        .QueryAsync<TableEntity>().Select(row => row.GetString("LookOn")).ToListAsync();

    private static async Task<int> ViewsAsync(ScenarioHost host, string reference) =>
        await new TableClient(host.Storage, "privacyViews").QueryAsync<TableEntity>(row => row.PartitionKey == reference).CountAsync();
}
