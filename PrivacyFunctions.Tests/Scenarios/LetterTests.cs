using System.Net;
using System.Text.Json;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Requests that come by letter or telephone and are entered later: the clock runs from the day on which they were received.</summary>
[Clause("L1")]
public class LetterTests
{
    private static readonly DateOnly Entered = new(2026, 3, 24);

    [LocalFact("moves its clock", typeof(LetterOnAnyHostTests))]
    [Clause("R-ACCESS")]
    public async Task Letter_EnteredThreeWeeksLate_IsAnsweredWithinAMonthOfItsReceipt()
    {
        await using var host = await LocalHostHere.StartAsync(Entered, seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var agent = await host.IssueKeyAsync("op-letters", CallerRole.Agent);
        var entered = await host.EnterAsync(person, "2026-03-03", key: agent);

        // 3 April is Good Friday, and Monday is a holiday, too.
        var reference = entered.GetProperty("reference").GetString()!;
        Assert.Equal(("2026-03-03", "2026-04-07"), (entered.GetProperty("receivedOn").GetString(), entered.GetProperty("dueOn").GetString()));
        var asks = await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm);
        Assert.Contains("We received your letter on 3 March 2026. You, or somebody who gave your address, asked us for a copy", asks.Text);
        Assert.Contains("The link works until 7 April 2026", asks.Text);
        Assert.Contains("We have to answer by 7 April 2026, so please confirm as early as you can.", asks.Text);
        var view = await host.CaseAsync(reference);
        Assert.Equal("op-letters", view.ActorOf("received"));
        var fact = view.GetProperty("audit")[0].GetProperty("entry").GetProperty("fact");
        Assert.Equal(("letter", "2026-03-03"), (fact.GetProperty("channel").GetString(), fact.GetProperty("receivedOn").GetString()));
        Assert.Equal("2026-03-03", (await host.SingleAsync("")).GetProperty("receivedOn").GetString());

        // The officer hears a week before, as of every other request; the person has the time to confirm from the entry.
        await host.PassAsync(TimeSpan.FromDays(8));
        Assert.Contains("7 April 2026", Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, "A case is due soon")).Text);
        await person.ConfirmAsync();
        var package = await person.DownloadAsync();
        Assert.Contains("We received your request on <time datetime=\"2026-03-03\">3 March 2026</time>", package.Text("index.html"), StringComparison.Ordinal);
        Assert.Contains("\"receivedOn\": \"2026-03-03\"", package.Text("data.json"), StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromDays(15));
        Assert.Equal("closed", (await host.CaseAsync(reference)).Status());
        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer, "A case is overdue"));
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
    }

    [LocalFact("moves its clock", typeof(LetterOnAnyHostTests))]
    [Clause("L2")]
    public async Task Letter_CanBeExtendedOnlyWithinAMonthOfItsReceipt_AndPromisesNoDayThatIsOver()
    {
        await using var host = await LocalHostHere.StartAsync(Entered, seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var (inTime, late) = ((await SmallCompany.JoinAsPersonAsync(host)).Person, (await SmallCompany.JoinAsPersonAsync(host)).Person);
        var open = (await host.EnterAsync(inTime, "2026-03-03", "erasure")).GetProperty("reference").GetString()!;
        var entered = await host.EnterAsync(late, "2026-02-20", "erasure", "email");
        var overdue = entered.GetProperty("reference").GetString()!;
        Assert.Equal("2026-03-20", entered.GetProperty("dueOn").GetString());
        Assert.Contains("overdue", entered.GetProperty("next").GetString());

        var asks = await host.Outbox.ReceiveAsync(late.Address, "Please confirm");
        Assert.Contains("We received your e-mail on 20 February 2026.", asks.Text);
        Assert.Contains("By law we had to answer by 20 March 2026. That day is over, and we are sorry.", asks.Text);
        var page = asks.Text!.Split('\n').Single(line => line.Contains("/requests/case/", StringComparison.Ordinal));
        Assert.Contains("It was due by 20 March 2026, and we are sorry", await host.App.GetStringAsync(new Uri(page).AbsolutePath.TrimStart('/')));

        foreach (var (person, reference) in new[] { (inTime, open), (late, overdue) })
        {
            await person.ConfirmAsync("Please confirm");
            await host.UntilAsync(reference, view => view.Status() == "awaitingApproval");
        }

        var (status, extended) = await ExtendAsync(host, open);
        Assert.Equal((HttpStatusCode.OK, "2026-06-03"), (status, extended.GetProperty("dueOn").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await ExtendAsync(host, overdue)).Status);

        // The officer hears the next night of what waits for its person, too, and of the plan at once.
        var waiting = (await host.EnterAsync(DataSubject.Stranger(host), "2025-12-01")).GetProperty("reference").GetString()!;
        await host.PassAsync(TimeSpan.FromDays(1));
        var told = (await host.Outbox.AllAsync(ErasureMails.Officer, "A case is overdue")).ToDictionary(mail => mail.Text!.Contains(waiting, StringComparison.Ordinal));
        Assert.Equal(2, told.Count);
        Assert.Contains("was due on 2 January 2026", told[true].Text); // 1 January is a holiday
        Assert.Contains(overdue, told[false].Text);
        Assert.Contains(overdue, Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.Escalation)).Text);
    }

    // Anybody can send forms in somebody's name, and their owner may ignore the mails about those.
    [LocalFact("moves its clock", typeof(LetterOnAnyHostTests))]
    public async Task Letter_BesideFormsOfAnybody_IsAskedAboutByItself()
    {
        await using var host = await LocalHostHere.StartAsync(Entered, seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var person = DataSubject.Stranger(host);
        var forms = new List<string>();
        for (var number = 1; number <= 4; number++) forms.Add(await person.AskAsync($"the letter {number}"));
        var entered = new List<string>();
        for (var time = 1; time <= 2; time++)
            entered.Add((await host.EnterAsync(person, "2026-03-03", submission: "the letter")).GetProperty("reference").GetString()!);
        Assert.Equal(entered[0], entered[1]);
        await host.UntilAsync(entered[0], view => view.Facts().Contains("confirmation-asked"));
        Assert.Equal("2026-04-07", DueOn(await host.CaseAsync(entered[0])));
        Assert.Equal("answeredByAnotherCase", (await host.CaseAsync(forms[3])).Outcome());
        foreach (var form in forms.SkipLast(1)) Assert.Equal("2026-04-24", DueOn(await host.CaseAsync(form)));
        Assert.Single(await host.Outbox.AllAsync(person.Address), mail => mail.Text!.Contains("We received your letter on 3 March 2026.", StringComparison.Ordinal));
    }

    // A few more letters than forms are opened in a day; what comes beyond joins them, and its person may confirm any of them.
    [LocalFact("moves its clock", typeof(LetterOnAnyHostTests))]
    public async Task Letter_ThatJoinsOpenRequests_BringsTheirDayForward()
    {
        await using var host = await LocalHostHere.StartAsync(Entered, seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var person = DataSubject.Stranger(host);
        var open = new List<string>();
        for (var number = 1; number <= 3; number++) open.Add(await person.AskAsync($"form-{number}"));
        Assert.All(await Task.WhenAll(open.Select(host.CaseAsync)), view => Assert.Equal("2026-04-24", DueOn(view)));
        for (var number = 1; number <= 3; number++) open.Add((await host.EnterAsync(person, "2026-03-20")).GetProperty("reference").GetString()!);
        var other = await person.AskAsync(right: "portability");

        for (var time = 1; time <= 2; time++)
        {
            var entered = await host.EnterAsync(person, "2026-03-03", submission: "the letter");
            var joined = await host.CaseAsync(entered.GetProperty("reference").GetString()!);
            Assert.Equal(("closed", "answeredByAnotherCase"), (joined.Status(), joined.Outcome()));
            Assert.Equal("2026-04-07", entered.GetProperty("dueOn").GetString());
            Assert.Contains("by the earliest of their days", entered.GetProperty("next").GetString());
        }

        foreach (var view in await Task.WhenAll(open.Select(host.CaseAsync)))
        {
            Assert.Equal("2026-04-07", DueOn(view));
            Assert.Single(view.Facts(), "received-earlier");
            Assert.NotEqual("subject", view.ActorOf("received-earlier"));
            Assert.True(view.ChainIsIntact());
        }

        Assert.Equal("2026-04-24", DueOn(await host.CaseAsync(other)));
        var (_, found) = await host.CallAsync(HttpMethod.Post, "api/operator/cases/search", new { email = person.Address });
        Assert.Equal(6, found.GetProperty("cases").EnumerateArray().Count(view => view.GetProperty("clockStartsOn").GetString() == "2026-03-03"));
        var page = (await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm, about: open)).Text!.Split('\n').Single(line => line.Contains("/requests/case/", StringComparison.Ordinal));
        Assert.Contains("we answer it together with your request of 3 March 2026.", await host.App.GetStringAsync(new Uri(page).AbsolutePath.TrimStart('/')));

        // What was received later changes nothing, and an extension counts from the letter.
        await host.EnterAsync(person, "2026-03-23");
        Assert.Equal("2026-04-07", DueOn(await host.CaseAsync(open[1])));
        await host.PassAsync(TimeSpan.FromDays(8));
        Assert.Equal(6, (await host.Outbox.AllAsync(ErasureMails.Officer, "A case is due soon")).Count);
    }

    [LocalFact("moves its clock", typeof(LetterOnAnyHostTests))]
    [Clause("R-OBJECT")]
    public async Task Objection_ByTelephone_CountsFromItsDay()
    {
        await using var host = await LocalHostHere.StartAsync(Entered, seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var (reader, before, since) = (DataSubject.Stranger(host), SentNewsletters.FreshName(), SentNewsletters.FreshName());
        foreach (var (newsletter, agreed) in new[] { (before, new DateTimeOffset(2026, 3, 9, 9, 0, 0, default)), (since, new DateTimeOffset(2026, 3, 15, 9, 0, 0, default)) })
            await host.SubscribeAgainAsync(reader.Address, newsletter, agreed);
        var entered = await host.EnterAsync(reader, "2026-03-10", "objection", "telephone");

        // Whoever agreed after the call gets what they agreed to.
        Assert.Equal("suppressed", await host.MessageAsync(reader.Address, $"newsletter:{before}", "News"));
        Assert.Equal("sent", await host.MessageAsync(reader.Address, $"newsletter:{since}", "News"));
        var told = (await host.Outbox.ReceiveAsync(reader.Address, "We have stopped our advertising to you")).Text;
        Assert.Contains("We received your telephone call on 10 March 2026.", told);
        Assert.Contains("What you have agreed to after 10 March 2026 still comes.", told);
        await host.UntilAsync(entered.GetProperty("reference").GetString()!, view => view.Status() == "closed");
    }

    private static string DueOn(JsonElement view) => view.GetProperty("case").GetProperty("due").GetProperty("on").GetString()!;

    private static Task<(HttpStatusCode Status, JsonElement Body)> ExtendAsync(ScenarioHost host, string reference) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/extension", new { reason = "complex" });
}
