using System.Net;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>Letters of people without an e-mail address, on whatever host: who enters them, what is kept of them, and what is wrong with an entry.</summary>
[Clause("L1")]
[Clause("L2")]
[Clause("R-ACCESS")]
[Clause("R-EVERYONE")]
public class PostOnAnyHostTests
{
    [Fact]
    [Clause("C-SECURE")]
    [Clause("C-ACCESS")]
    public async Task Letter_IsEnteredOnce_AndWhereItsAnswerGoesIsSealed_ShownWithTheViewLogged_AndForgotten()
    {
        var host = await ScenarioHost.SharedAsync();
        var (today, key, agent) = (await TodayAsync(host), $"{Guid.NewGuid():N}", await host.IssueKeyAsync($"op-{Guid.NewGuid():N}", CallerRole.Agent));
        var reference = (await host.EnterByPostAsync(today, "erasure", key, key: agent)).GetProperty("reference").GetString()!;
        Assert.Equal(reference, (await host.EnterByPostAsync(today, "erasure", key)).GetProperty("reference").GetString());
        Assert.NotEqual(reference, (await host.EnterByPostAsync(today, "access", key)).GetProperty("reference").GetString());

        Assert.Equal(0, await host.RowsAsync("privacyViews", reference));
        Assert.Equal(Posting.AnswerTo, (await host.PostalAddressAsync(reference)).Body.GetProperty("answerTo").GetString());
        Assert.Equal(1, await host.RowsAsync("privacyViews", reference));
        Assert.False(await RecordsLook.HoldAsync(host.Storage, "Storgatan"));

        // What operators do with any case they do with this one; only mails reach nobody.
        await host.OperateAsync($"cases/{reference}/comments", new { text = "They called: they have moved.", submission = "n1" });
        await host.OperateAsync($"cases/{reference}/assignment", new { to = "nobody" });
        foreach (var (path, body) in new (string, object)[]
        {
            ("messages", new { text = "Who are you?" }), ("refusal", new { ground = "noGround", explanation = "No." }), ("doubt", new { ground = "otherName" }),
        })
            Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/{path}", body)).Status);

        // Paused, its answer is noted, and it is closed when it goes on.
        await host.OperateAsync($"cases/{reference}/pause", new { });
        var (status, refused) = await host.AnswerByPostAsync(reference, new { answer = "refused", ground = "excessive", evidence = "askedBefore shortInterval", postedOn = today });
        Assert.Equal((HttpStatusCode.OK, "accepted", false), (status, refused.GetProperty("status").GetString(), refused.GetProperty("late").GetBoolean()));
        await host.OperateAsync($"cases/{reference}/resume", new { });
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(("refused", true), (view.Outcome(), view.ChainIsIntact()));
        Assert.Contains("\"ground\":\"excessive\",\"evidence\":\"AskedBefore ShortInterval\"", $"{view}", StringComparison.Ordinal);
        Assert.Equal(1, await host.RowsAsync("privacyStatements", reference)); // the comment, which goes with the case
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostalAddressAsync(reference)).Status);

        // Entered again, it brings nothing back.
        Assert.Equal(reference, (await host.EnterByPostAsync(today, "erasure", key)).GetProperty("reference").GetString());
        Assert.Equal(1, await host.RowsAsync("privacyStatements", reference));
    }

    [Fact]
    public async Task Entry_ThatIsNotComplete_SaysOfEachFieldWhatIsWrong()
    {
        var host = await ScenarioHost.SharedAsync();
        var good = Posting.Letter(await TodayAsync(host));
        foreach (var (field, value) in new[]
        {
            ("answerTo", ""), ("answerTo", new string('a', 1001)), ("channel", ""), ("channel", "form"), ("receivedOn", "yesterday"), ("receivedOn", "2199-01-01"),
            ("receivedOn", "2001-01-01"), ("residence", "Atlantis"), ("submission", ""), ("email", "a@example.org"), ("ground", "accuracy"),
        })
        {
            var (status, problem) = await host.TryEnterByPostAsync(new(good) { [field] = value });
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        }

        foreach (var right in new[] { "post", "termination", "nothing" })
            Assert.Equal(HttpStatusCode.NotFound, (await host.TryEnterByPostAsync(good, right)).Status);
    }

    [Fact]
    public async Task Answer_ThatIsNotComplete_ChangesNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var today = await TodayAsync(host);
        var reference = (await host.EnterByPostAsync(today)).GetProperty("reference").GetString()!;
        foreach (var (wrong, words) in new (object, string)[]
        {
            (new { }, "Say what the answer says"), (new { answer = "lost", postedOn = today }, "Say what the answer says"), (new { answer = "answered" }, "Tell them by letter, by "),
            (new { answer = "refused", ground = "noGround" }, "Tell them by letter why you refuse, and that they can turn to an authority and to a court, by "),
            (new { answer = "answered", postedOn = "today" }, "Give the day like"), (new { answer = "answered", postedOn = "2199-01-01" }, "not in the future"),
            (new { answer = "answered", postedOn = "2026-01-01" }, "not before the request was received"), (new { answer = "refused", postedOn = today }, "Give the ground"),
            (new { answer = "answered", postedOn = today, ground = "noGround" }, "Only a refusal"), (new { answer = "refused", postedOn = today, ground = "unfounded" }, "has us prove it"),
            (new { answer = "refused", postedOn = today, ground = "noGround", evidence = "saidSo" }, "needs no evidence"), (new { answer = "answered", postedOn = today, more = "x" }, "no field here"),
        })
        {
            var (status, problem) = await host.AnswerByPostAsync(reference, wrong);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains(words, problem.GetProperty("detail").GetString());
        }

        foreach (var wrong in new object[] { new { }, new { email = "nobody" }, new { email = "a@example.org", ground = "accuracy" }, new { email = "a@example.org", channel = "letter" } })
            Assert.Equal(HttpStatusCode.BadRequest, (await host.GoOnByMailAsync(reference, wrong)).Status);
        Assert.Equal(["received", "postal-request-entered"], (await host.CaseAsync(reference)).Facts());

        // Each act is for such a case alone.
        var ordinary = await DataSubject.Stranger(host).AskAsync();
        foreach (var id in new[] { ordinary, new string('0', 32), "x" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await host.AnswerByPostAsync(id, new { answer = "answered", postedOn = today })).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await host.GoOnByMailAsync(id, new { email = "a@example.org" })).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await host.PostalAddressAsync(id)).Status);
        }
    }

    [Fact]
    public async Task Public_HasNoFormForIt()
    {
        var host = await ScenarioHost.SharedAsync();
        Assert.DoesNotContain("requests/post", await host.App.GetStringAsync(""), StringComparison.Ordinal);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var request = new HttpRequestMessage(method, "requests/post") { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([new("email", "a@example.org")]) : null };
            using var answer = await host.App.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    // Where legal time runs faster, only the host knows which day it is.
    private static async Task<string> TodayAsync(ScenarioHost host) =>
        (await host.CaseAsync(await DataSubject.Stranger(host).AskAsync())).GetProperty("case").GetProperty("receivedOn").GetString()!;
}
