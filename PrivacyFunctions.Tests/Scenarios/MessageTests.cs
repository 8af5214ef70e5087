using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What people and operators write to each other about a request.</summary>
[Clause("C-ACCESS")]
public class MessageTests
{
    private const string Asked = "Do you mean the account that you closed in May as well?";
    private const string Answer = "No, that one may stay.\n\nThank you.";

    [Fact]
    [Clause("R-ERASE")]
    public async Task Erasure_WhosePersonWrote_IsNotApprovedUntilSomebodyHasReadIt()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        var plan = await host.WaitingPlanAsync(reference);
        var page = await person.PageAsync(host, Mails.Confirm);
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, Answer));
        Assert.Contains(reference, (await host.Outbox.ReceiveAsync(ErasureMails.Officer, Writing.PersonWrote, about: [reference])).Text);

        var hash = plan.GetProperty("hash").GetString()!;
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/plan/approval", new { hash })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/messages/read")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.WriteToPersonAsync(reference, "Thank you.")).Status);

        Assert.Equal([("person", Answer)], (await host.MessagesAsync(reference)).Written());
        Assert.Equal(HttpStatusCode.OK, (await host.WriteToPersonAsync(reference, "Thank you.\nWe leave it.", key: "k1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.WriteToPersonAsync(reference, "Thank you.\nWe leave it.", key: "k1")).Status);
        var mail = Assert.Single(await host.Outbox.AllAsync(person.Address, Writing.Message));
        Assert.Contains("We leave it.", mail.Text);
        Assert.Equal([("person", Answer), ("us", "Thank you.\nWe leave it.")], (await host.MessagesAsync(reference)).Written());
        var view = await host.CaseAsync(reference);
        Assert.Equal(["message-received", "attention-needed", "messages-read", "attention-over", "message-sent"], view.Facts().TakeLast(5));
        Assert.True(view.ChainIsIntact());

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/plan/approval", new { hash })).Status);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(HttpStatusCode.Conflict, await person.WriteAsync(page, "One more thing."));
        Assert.Equal(HttpStatusCode.Conflict, (await host.WriteToPersonAsync(reference, "Too late.")).Status);
        Assert.Equal(3, (await host.CaseAsync(reference)).Facts().Count(fact => fact.StartsWith("message", StringComparison.Ordinal)));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Writing.Message));
    }

    [Fact]
    public async Task Page_TakesAMessage_AndKeepsWhatWasTypedWithAMistake()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(right: "restriction", ground: "accuracy");
        var page = await person.PageAsync(host, Mails.Confirm);
        using (var early = await host.App.GetAsync($"{page}/message")) Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, await person.WriteAsync(page, "Not confirmed yet."));
        await person.ConfirmAsync();

        var parser = new HtmlParser();
        Assert.Contains($"/{page}/message", (await host.App.GetStringAsync(page)), StringComparison.Ordinal);
        var form = parser.ParseDocument(await host.App.GetStringAsync($"{page}/message"));
        var key = form.QuerySelector("input[name=submission]")!.GetAttribute("value")!;
        foreach (var (text, kept) in new[] { ("", ""), (" \r\n ", ""), (new string('x', 4001), new string('x', 4001)) })
        {
            using var wrong = await PostAsync(host, page, key, text);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            var again = parser.ParseDocument(await wrong.Content.ReadAsStringAsync());
            Assert.Equal("#text", again.QuerySelector(".problem a")!.GetAttribute("href"));
            Assert.Equal(kept, ((IHtmlTextAreaElement)again.QuerySelector("#text")!).Value);
        }

        foreach (var _ in new[] { 1, 2 })
            using (var sent = await PostAsync(host, page, key, "My card is 4111 1111 1111 1111.\r\n<b>Bold</b>"))
                Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal([("person", "My card is …1111.\n<b>Bold</b>")], (await host.MessagesAsync(reference)).Written());
        Assert.DoesNotContain("My card", await host.App.GetStringAsync($"{page}/message"), StringComparison.Ordinal);
    }

    [Fact]
    [Clause("C-SECURE")]
    public async Task Messages_ThatAreWrong_OfNobodyOrTooMany_LeaveNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(right: "restriction", ground: "accuracy");
        Assert.Equal(HttpStatusCode.Conflict, (await host.WriteToPersonAsync(reference, Asked)).Status);
        var page = await person.PageAsync(host, Mails.Confirm);
        await person.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");
        foreach (var wrong in new object[] { new { }, new { text = " " }, new { text = new string('x', 4001) }, new { text = "x", asks = "no" }, new { text = "x", to = "a@example.org" } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/messages", wrong)).Status);
        foreach (var none in new[] { new string('0', 32), "nothing" })
            foreach (var (method, path, body) in new[]
            {
                (HttpMethod.Get, "messages", null), (HttpMethod.Post, "messages", new { text = "x" }), (HttpMethod.Post, "messages/read", null), (HttpMethod.Post, "question/end", null),
            })
                Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(method, $"api/operator/cases/{none}/{path}", body)).Status);
        Assert.Equal(HttpStatusCode.NotFound, await person.WriteAsync("requests/case/AAAA", Answer));
        Assert.Empty((await host.MessagesAsync(reference)).Written());

        // Two at a time, and more than anybody reads.
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, "Message 0", "key 0"));
        var sent = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => person.WriteAsync(page, $"Message {number / 2}", $"key {number / 2}")));
        Assert.All(sent, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(6, (await host.MessagesAsync(reference)).Written().Count);
        for (var number = 6; number < 20; number++) Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, $"Message {number}"));
        Assert.Equal(HttpStatusCode.Conflict, await person.WriteAsync(page, "One too many"));
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, "Message 3", "key 3"));
        Assert.Equal(20, (await host.MessagesAsync(reference)).Written().Count);
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Writing.PersonWrote), mail => mail.Text!.Contains(reference, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await host.ReadAsync(reference));
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, "Now there is room"));
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
    }

    [Fact]
    [Clause("R-ACCESS")]
    public async Task Message_AboutACopyThatWasNeverRead_StaysInTheListAfterTheCaseIsClosed_AndInALaterCopy()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        var page = await person.PageAsync(host, Mails.Ready);
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, "My invoice of May is missing."));
        await host.PassAsync(TimeSpan.FromDays(20));
        await host.UntilAsync(reference, view => view.Status() == "closed");
        var (_, list) = await host.CallAsync(HttpMethod.Get, "api/operator/cases?attention=yes");
        Assert.Contains(list.GetProperty("cases").EnumerateArray(), found => found.GetProperty("reference").GetString() == reference);
        Assert.Equal(HttpStatusCode.OK, await host.ReadAsync(reference));
        (_, list) = await host.CallAsync(HttpMethod.Get, "api/operator/cases?attention=yes");
        Assert.DoesNotContain(list.GetProperty("cases").EnumerateArray(), found => found.GetProperty("reference").GetString() == reference);

        var copy = await new DataSubject(host, person.Address).ReceiveEverythingAsync();
        Assert.Contains("My invoice of May is missing.", copy.Text("index.html"), StringComparison.Ordinal);
    }

    [LocalFact("moves its clock", typeof(MessageTests))]
    [Clause("L4")]
    public async Task Question_WhoseAnswerComesAWeekLater_MovesTheDateWhereThePolicySaysSo_AndTheOfficerKnowsBoth()
    {
        await using var host = await LocalHostHere.StartAsync(
            new DateOnly(2026, 3, 2), seeded: false, nights: false, also: app => app.Services.PostConfigure<PolicyOptions>(policy => policy.PauseForAnswers = true));
        var person = DataSubject.Stranger(host);
        var reference = await person.ComplainAsync("You sent me letters after I had asked you to stop.");
        await host.UntilItWaitsAsync(reference);
        await host.PassAsync(TimeSpan.FromDays(3)); // 5 March
        Assert.Equal("2026-03-05", (await host.WriteToPersonAsync(reference, Asked, asks: true)).Body.GetProperty("askedOn").GetString());
        var mail = await host.Outbox.ReceiveAsync(person.Address, Writing.Question);
        Assert.Contains(Asked, mail.Text);
        var page = await person.PageAsync(host, Writing.Question);
        Assert.Contains("On 5 March 2026 we sent you a question", await host.App.GetStringAsync(page));

        await host.PassAsync(TimeSpan.FromDays(7)); // 12 March
        Assert.Contains("If you answer our question today, you will have our answer by 10 April 2026", await host.App.GetStringAsync(page));
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, Answer));
        Assert.Equal("2026-04-10", (await host.CaseAsync(reference)).GetProperty("case").GetProperty("due").GetProperty("on").GetString());
        var answered = await host.App.GetStringAsync(page);
        Assert.DoesNotContain("we sent you a question", answered, StringComparison.Ordinal);
        Assert.Contains("You wrote to us about it on 12 March 2026.", answered);
        Assert.Contains("We wrote to you about it on 5 March 2026.", answered);
        Assert.DoesNotContain(Answer, answered, StringComparison.Ordinal);
        Assert.Contains("by 10 April 2026", await host.App.GetStringAsync(page));

        await host.PassToAsync(new(2026, 4, 12, 12, 0, 0, TimeSpan.Zero));
        var told = (await host.Outbox.AllAsync(ErasureMails.Officer)).Where(each => each.Text!.Contains(reference, StringComparison.Ordinal)).ToList();
        Assert.Equal(
            (3, 3), (told.Count(each => each.Subject == "A case is due soon" && each.Text!.Contains("2 April 2026", StringComparison.Ordinal)),
                told.Count(each => each.Subject == "A case is due soon" && !each.Text!.Contains("2 April 2026", StringComparison.Ordinal))));
        Assert.Contains(told, each => each.Subject!.StartsWith("A case is overdue", StringComparison.Ordinal) && each.Text!.Contains("it is due on 10 April 2026", StringComparison.Ordinal));
        Assert.DoesNotContain(told, each => each.Subject == Writing.Unanswered);
    }

    [Fact]
    [Clause("L4")]
    public async Task Question_ThatIsAnswered_MovesNoDateWithoutAPolicy_AndWaitsForNobodyAnyMore()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.ComplainAsync("You sent me letters after I had asked you to stop.");
        await host.UntilItWaitsAsync(reference);
        var before = Due(await host.CaseAsync(reference));
        await host.WriteToPersonAsync(reference, Asked, asks: true);
        Assert.NotNull(Question(await host.CaseAsync(reference)));
        await host.StatementAsync(reference);
        Assert.Equal(HttpStatusCode.Conflict, (await host.DecideAsync(reference, "upheld", "You are right.")).Status); // nobody has answered
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(await person.PageAsync(host, Writing.Question), Answer));
        var after = await host.CaseAsync(reference);
        Assert.Equal((before, null), (Due(after), Question(after)));

        // A decision on what was complained of needs the message read, too.
        Assert.Equal(HttpStatusCode.Conflict, (await host.DecideAsync(reference, "upheld", "You are right.")).Status);
        await host.ReadAsync(reference);
        Assert.Equal(HttpStatusCode.OK, (await host.DecideAsync(reference, "upheld", "You are right.")).Status);
        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Contains("We looked into it, and you were right.", await host.App.GetStringAsync(await person.PageAsync(host, Writing.Question)));
    }

    [LocalFact("moves its clock", typeof(MessageTests))]
    [Clause("L1")]
    public async Task Question_ThatNobodyAnswers_IsToldOnce_MovesNoDate_AndIsEndedByAnOperator()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        var approval = ($"api/operator/cases/{reference}/plan/approval", new { hash = (await host.WaitingPlanAsync(reference)).Hash() });
        await host.WriteToPersonAsync(reference, Asked, asks: true);
        var (refused, why) = await host.CallAsync(HttpMethod.Post, approval.Item1, approval.Item2);
        Assert.Equal(HttpStatusCode.Conflict, refused);
        Assert.Contains("question/end", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromDays(20));
        Assert.Contains(reference, Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Writing.Unanswered)).Text);
        foreach (var _ in new[] { 1, 2 })
        {
            var (status, body) = await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/question/end");
            Assert.Equal((HttpStatusCode.OK, "2026-04-02"), (status, body.GetProperty("dueOn").GetString()));
        }

        var view = await host.CaseAsync(reference);
        Assert.Single(view.Facts(), "question-over");
        Assert.True(view.ChainIsIntact());
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, approval.Item1, approval.Item2)).Status);
    }

    private static string? Due(JsonElement view) => view.GetProperty("case").GetProperty("due").GetProperty("on").GetString();

    private static string? Question(JsonElement view) =>
        view.GetProperty("case").GetProperty("correspondence").TryGetProperty("question", out var asked) && asked.ValueKind == JsonValueKind.Object
            ? asked.GetProperty("on").GetString()
            : null;

    private static Task<HttpResponseMessage> PostAsync(ScenarioHost host, string page, string key, string text) =>
        host.App.PostAsync($"{page}/message", new FormUrlEncodedContent(new Dictionary<string, string> { ["submission"] = key, ["text"] = text }));
}
