using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A complaint to us: its form, what is asked of the operators, and what does not happen.</summary>
[Clause("R-COMPLAIN")]
[Clause("L10")]
public class ComplaintTests
{
    private const string Words = "You sent me letters after I had asked you to stop.\n\nTwice, in May.";

    [Fact]
    public async Task Form_AsksWhatHappened_AndKeepsWhatWasEnteredWithAMistake()
    {
        var host = await ScenarioHost.SharedAsync();
        var parser = new HtmlParser();
        var form = parser.ParseDocument(await host.App.GetStringAsync("requests/complaint"));
        Assert.Equal("What happened", form.QuerySelector("label[for=text]")!.TextContent);
        Assert.Contains("do not have to prove who you are", form.Body!.TextContent);

        var tooLong = new string('a', 4001);
        foreach (var (email, text, about, wrong) in new[]
        {
            ("nobody", Words, "", "email"), ("a@example.org", "too short", "", "text"), ("a@example.org", "", "", "text"),
            ("a@example.org", tooLong, "", "text"), ("a@example.org", Words, "12345", "about"), ("a@example.org", Words, new string('g', 32), "about"),
        })
        {
            using var sent = await host.App.PostAsync("requests/complaint", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["email"] = email, ["text"] = text.Replace("\n", "\r\n", StringComparison.Ordinal), ["about"] = about,
            }));
            Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
            var again = parser.ParseDocument(await sent.Content.ReadAsStringAsync());
            Assert.Equal($"#{wrong}", again.QuerySelector(".problem a")!.GetAttribute("href"));
            Assert.Equal("true", again.QuerySelector($"#{wrong}")!.GetAttribute("aria-invalid"));
            Assert.Equal(email, again.QuerySelector("#email")!.GetAttribute("value"));
            Assert.Equal(about, again.QuerySelector("#about")!.GetAttribute("value"));
            Assert.Equal(text, ((IHtmlTextAreaElement)again.QuerySelector("#text")!).Value.ReplaceLineEndings("\n"));
        }
    }

    // Neither whether there is such a case, nor whose it is.
    [Fact]
    public async Task Complaint_AboutACaseThatThereIs_IsAnsweredAsAboutOneThatThereIsNot()
    {
        var host = await ScenarioHost.SharedAsync();
        var known = await DataSubject.Stranger(host).AskAsync();
        var answers = new HashSet<string>();
        foreach (var about in new[] { known, new string('0', 32), known.ToUpperInvariant() })
        {
            var email = DataSubject.Stranger(host).Address;
            using var answer = await host.App.PostAsJsonAsync("requests/complaint", new { email, text = Words, about });
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            var body = await answer.Content.ReadAsStringAsync();
            var reference = JsonDocument.Parse(body).RootElement.GetProperty("reference").GetString()!;
            answers.Add(Answers.WithoutIds(body));
            await host.UntilItWaitsAsync(reference);
            var said = Assert.Single((await host.StatementAsync(reference)).GetProperty("statements").EnumerateArray());
            Assert.Equal((about.ToLowerInvariant(), Words), (said.GetProperty("about").GetString(), said.GetProperty("words").GetString()));
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task Complaint_SentAgain_IsTheSameCase_AndOtherWordsAreAnother()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.ComplainAsync(Words, "the same");
        Assert.Equal(reference, await person.ComplainAsync(Words, "the same"));
        Assert.NotEqual(reference, await person.ComplainAsync("Something else has happened.", "the same"));
        await host.UntilItWaitsAsync(reference);
        Assert.Equal([Words], (await host.StatementAsync(reference)).Words());
    }

    [Fact]
    public async Task Decision_ThatIsNotCompleteOrOfNoComplaint_ChangesNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.ComplainAsync(Words);
        await host.UntilItWaitsAsync(reference);
        foreach (var wrong in new object[]
        {
            new { }, new { outcome = "upheld" }, new { outcome = "upheld", explanation = " \n " }, new { explanation = "Because." },
            new { outcome = "Upheld", explanation = "Because." }, new { outcome = "1", explanation = "Because." },
            new { outcome = "upheld", explanation = new string('a', 4001) }, new { outcome = "upheld", explanation = "Because.", by = "me" },
        })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/outcome", wrong)).Status);
        var access = await DataSubject.Stranger(host).AskAsync();
        foreach (var none in new[] { new string('0', 32), "nothing", access })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await host.DecideAsync(none, "upheld", "Because.")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, $"api/operator/cases/{none}/statement")).Status);
        }

        // Nobody decides on what they have not read.
        Assert.Equal(HttpStatusCode.Conflict, (await host.DecideAsync(reference, "upheld", "Because.")).Status);
        Assert.DoesNotContain("complaint-decided", (await host.CaseAsync(reference)).Facts());
        Assert.Equal(1, await host.RowsAsync("privacyStatements", reference));
    }

    [Fact]
    public async Task Decision_TheFirstOneStands_HoweverOftenOneIsSent()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.ComplainAsync(Words);
        await host.UntilItWaitsAsync(reference);
        await host.StatementAsync(reference);
        foreach (var (outcome, explanation) in new[] { ("partlyUpheld", "The first letter was late."), ("upheld", "No, both were.") })
        {
            var (status, body) = await host.DecideAsync(reference, outcome, explanation);
            Assert.Equal((HttpStatusCode.OK, "partlyUpheld"), (status, body.GetProperty("outcome").GetString()));
        }

        var mail = await host.Outbox.ReceiveAsync(person.Address, Complaining.Decided);
        Assert.Contains("The first letter was late.", mail.Text);
        Assert.DoesNotContain("both were", mail.Text);
        await host.UntilAsync(reference, view => view.Status() == "closed");
        var read = await host.StatementAsync(reference);
        Assert.Equal(
            ("partlyUpheld", "The first letter was late."), (read.GetProperty("outcome").GetString(), read.GetProperty("explanation").GetString()));
        Assert.Equal("partlyUpheld", (await host.DecideAsync(reference, "upheld", "Later.")).Body.GetProperty("outcome").GetString());
        Assert.Equal(2, await host.RowsAsync("privacyStatements", reference));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Complaining.Decided));
    }

    [LocalFact("moves its clock", typeof(ComplaintOnAnyHostTests))]
    [Clause("L2")]
    public async Task Complaint_ThatNobodyDecides_IsToldToTheOfficer_AndCannotBeExtended()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        var first = DataSubject.Stranger(host);
        var reference = await first.ComplainAsync(Words);
        await host.UntilItWaitsAsync(reference);
        // The law lets us take longer for the rights of art. 15 to 22, and a complaint is none of them.
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/extension", new { reason = "complex" })).Status);

        await host.PassToAsync(new(2026, 4, 8, 12, 0, 0, TimeSpan.Zero)); // due on 2 April
        Assert.All(await host.Outbox.AllAsync(ErasureMails.Officer, "A case is due soon"), mail => Assert.Contains(reference, mail.Text));
        Assert.Equal(3, (await host.Outbox.AllAsync(ErasureMails.Officer, "A case is due soon")).Count);
        var overdue = Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, "A case is overdue"));
        Assert.Contains(reference, overdue.Text);
        Assert.Contains("a complaint", overdue.Text);

        await host.StatementAsync(reference);
        await host.DecideAsync(reference, "notUpheld", "We wrote once, before you asked.");
        await host.Outbox.ReceiveAsync(first.Address, Complaining.Decided);
        await host.UntilAsync(reference, view => view.Status() == "closed");
    }
}
