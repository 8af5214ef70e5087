using System.Net;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Letters of people without an e-mail address: their clock runs as any other, and people answer them by post.</summary>
[Clause("L1")]
public class PostTests
{
    private static readonly DateOnly Entered = new(2026, 3, 24);

    [LocalFact("moves its clock", typeof(PostOnAnyHostTests))]
    [Clause("R-EVERYONE")]
    public async Task Letter_AnsweredThreeWeeksLate_IsRemindedOfAndEscalated_AndItsDayIsKept()
    {
        await using var host = await LocalHostHere.StartAsync(Entered, seeded: false, nights: false);
        var entered = await host.EnterByPostAsync("2026-03-03");
        var reference = entered.GetProperty("reference").GetString()!;
        Assert.Equal("2026-04-07", entered.GetProperty("dueOn").GetString()); // 3 April is Good Friday, and Monday is a holiday, too
        Assert.Contains("by 7 April 2026 at the latest", entered.GetProperty("next").GetString());
        var receipt = await host.App.GetStringAsync(new Uri(entered.GetProperty("receipt").GetString()!).AbsolutePath.TrimStart('/'));
        Assert.Contains("Get a copy of my data", receipt, StringComparison.Ordinal);
        Assert.Contains("3 March 2026</time>, by letter", receipt, StringComparison.Ordinal);
        var listed = await host.SingleAsync("?kind=post&status=awaitingDecision");
        Assert.Equal(
            ("access", "2026-03-03", "2026-04-07"),
            (listed.GetProperty("askedFor").GetString(), listed.GetProperty("receivedOn").GetString(), listed.GetProperty("dueOn").GetString()));

        await host.PassAsync(TimeSpan.FromDays(8)); // 1 April
        var soon = Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, "A case is due soon")).Text!;
        Assert.Contains(reference, soon, StringComparison.Ordinal);
        Assert.Contains("a request that is answered by post", soon, StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromDays(27)); // 28 April
        Assert.Equal(3, (await host.Outbox.AllAsync(ErasureMails.Officer, "A case is due soon")).Count);
        Assert.Contains(reference, Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, "A case is overdue")).Text);

        for (var time = 1; time <= 2; time++)
        {
            var (status, answered) = await host.AnswerByPostAsync(reference, new { answer = "answered", postedOn = "2026-04-28" });
            Assert.Equal((HttpStatusCode.OK, true), (status, answered.GetProperty("late").GetBoolean()));
        }

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["received", "postal-request-entered", "answered-by-post", "closed"], view.Facts());
        Assert.Equal(("answered", "2026-04-28", true), (view.Outcome(), view.GetProperty("case").GetProperty("answeredOn").GetString(), view.ChainIsIntact()));
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostalAddressAsync(reference)).Status);
        Assert.Equal(0, await host.RowsAsync("privacyStatements", reference));
        Assert.Equal(HttpStatusCode.Conflict, (await host.AnswerByPostAsync(reference, new { answer = "notIdentified", postedOn = "2026-04-28" })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.GoOnByMailAsync(reference, new { email = "late@example.org", emailAgain = "late@example.org" })).Status);
        Assert.Equal((await host.Outbox.AllAsync(ErasureMails.Officer)).Count, (await host.Outbox.AllAsync(to: null)).Count); // nobody else has a mail
    }

    [LocalFact("moves its clock", typeof(PostOnAnyHostTests))]
    [Clause("L2")]
    public async Task Extension_IsToldByLetterInTime_OrThereIsNone()
    {
        await using var host = await LocalHostHere.StartAsync(Entered, seeded: false, nights: false);
        var reference = (await host.EnterByPostAsync("2026-03-03")).GetProperty("reference").GetString()!;
        var complaint = (await host.EnterByPostAsync("2026-03-03", "complaint")).GetProperty("reference").GetString()!;
        Assert.Equal(HttpStatusCode.Conflict, (await ExtendAsync(complaint, new { reason = "complex" })).Status); // nobody posts a letter in vain

        var (asked, problem) = await ExtendAsync(reference, new { reason = "complex" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked);
        Assert.Contains("Tell them by letter why the answer takes longer, by 7 April 2026 at the latest.", $"{problem}", StringComparison.Ordinal);
        foreach (var day in new[] { "2026-03-02", "2026-03-25", "soon" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ExtendAsync(reference, new { reason = "complex", letterPostedOn = day })).Status);

        await host.PassAsync(TimeSpan.FromDays(20)); // 13 April: what counts is the day of the letter
        Assert.Equal(HttpStatusCode.Conflict, (await ExtendAsync(reference, new { reason = "complex", letterPostedOn = "2026-04-08" })).Status);
        for (var time = 1; time <= 2; time++)
        {
            var (status, extended) = await ExtendAsync(reference, new { reason = "complex", letterPostedOn = "2026-04-07" });
            Assert.Equal((HttpStatusCode.OK, "2026-06-03"), (status, extended.GetProperty("dueOn").GetString()));
        }

        var view = await host.CaseAsync(reference);
        Assert.Equal(["received", "postal-request-entered", "due-extended"], view.Facts());
        Assert.Contains("\"letterPostedOn\":\"2026-04-07\"", $"{view}", StringComparison.Ordinal);

        // A refusal has to be told within the first month all the same.
        var (_, refusal) = await host.AnswerByPostAsync(reference, new { answer = "refused", ground = "noGround" });
        Assert.Contains("at once: that was due by 7 April 2026", $"{refusal}", StringComparison.Ordinal);
        var (_, refused) = await host.AnswerByPostAsync(reference, new { answer = "refused", ground = "noGround", postedOn = "2026-04-13" });
        Assert.True(refused.GetProperty("late").GetBoolean());

        Task<(HttpStatusCode Status, JsonElement Body)> ExtendAsync(string of, object body) =>
            host.CallAsync(HttpMethod.Post, $"api/operator/cases/{of}/extension", body);
    }

    [LocalFact("moves its clock", typeof(PostOnAnyHostTests))]
    [Clause("R-ACCESS")]
    public async Task Mailbox_FoundMeanwhile_IsAskedToConfirmTheLetterOfThatDay()
    {
        await using var host = await LocalHostHere.StartAsync(Entered, seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        await person.LookAsync();
        var reference = (await host.EnterByPostAsync("2026-03-03", residence: "IE")).GetProperty("reference").GetString()!;
        await host.PassAsync(TimeSpan.FromDays(2));

        var others = new List<string>();
        foreach (var emailAgain in new[] { null, "another@example.org" })
            Assert.Equal(HttpStatusCode.BadRequest, (await host.GoOnByMailAsync(reference, new { email = person.Address, emailAgain })).Status);
        foreach (var email in new[] { person.Address, person.Address })
        {
            var (status, goesOn) = await host.GoOnByMailAsync(reference, new { email, emailAgain = email });
            Assert.Equal((HttpStatusCode.OK, "2026-03-03", "2026-04-07"), (status, goesOn.GetProperty("receivedOn").GetString(), goesOn.GetProperty("dueOn").GetString()));
            others.Add(goesOn.GetProperty("goesOnAs").GetString()!);
        }

        var other = Assert.Single(others.Distinct()); // the first mailbox stands
        Assert.Equal(
            HttpStatusCode.Conflict, (await host.GoOnByMailAsync(reference, new { email = "another@example.org", emailAgain = "another@example.org" })).Status);
        Assert.Empty(await host.Outbox.AllAsync("another@example.org"));
        Assert.Contains("We received your letter on 3 March 2026.", (await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm)).Text);
        var ordinary = (await host.CaseAsync(other)).GetProperty("case");
        Assert.Equal(("access", "letter", "IE"), (ordinary.GetProperty("kind").GetString(), ordinary.GetProperty("channel").GetString(), ordinary.GetProperty("country").GetString()));

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["received", "postal-request-entered", "postal-request-goes-on", "closed"], view.Facts());
        Assert.Equal(("answeredByAnotherCase", other), (view.Outcome(), view.GetProperty("case").GetProperty("goesOnAs").GetString()));
        Assert.Equal(0, await host.RowsAsync("privacyStatements", reference));
        Assert.Equal(HttpStatusCode.Conflict, (await host.AnswerByPostAsync(reference, new { answer = "answered", postedOn = "2026-03-26" })).Status);

        await person.ConfirmAsync();
        Assert.Contains("csv/profiles.csv", (await person.DownloadAsync()).Names);
    }
}
