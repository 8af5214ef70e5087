using System.Net;
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
        Assert.False(await host.HoldsPersonAsync(reference, "Sample Resellers Ltd"));
        Assert.DoesNotContain(person.Address, $"{view}", StringComparison.OrdinalIgnoreCase);
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
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

    private static async Task LiftAsync(OwnClockHost host, string reference)
    {
        await host.OperateAsync($"cases/{reference}/lifting", new { reason = "wished" });
        await host.PassAsync(TimeSpan.FromDays(9));
        await host.UntilAsync(reference, view => view.Status() == "closed");
    }

}
