using System.Globalization;
using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>What operators enter, on whatever host: by whom, with what, and what is wrong with it.</summary>
[Clause("L1")]
[Clause("L2")]
[Clause("R-ACCESS")]
[Clause("R-OBJECT")]
public class LetterOnAnyHostTests
{
    [Fact]
    public async Task Letter_OfThreeWeeksAgo_IsDueInAWeekAndAnswered()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var today = await TodayAsync(host);
        var entered = await host.EnterAsync(person, Text(today.AddDays(-21)));
        Assert.InRange(
            DateOnly.ParseExact(entered.GetProperty("dueOn").GetString()!, "yyyy-MM-dd"), today.AddDays(6), today.AddDays(16));
        await person.ConfirmAsync();
        Assert.Contains("csv/profiles.csv", (await person.DownloadAsync()).Names);
        Assert.True((await host.CaseAsync(entered.GetProperty("reference").GetString()!)).ChainIsIntact());
    }

    [Fact]
    public async Task Entry_SentAgain_IsTheSameCase_AndOneThatIsPutRightIsAnother()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, today) = (DataSubject.Stranger(host), await TodayAsync(host));
        var references = new List<string>();
        foreach (var (day, channel, key) in new[] { (1, "telephone", "a"), (1, "telephone", "a"), (2, "telephone", "a"), (1, "email", "a"), (1, "telephone", "b") })
            references.Add((await host.EnterAsync(person, Text(today.AddDays(-day)), "objection", channel, submission: key)).GetProperty("reference").GetString()!);
        Assert.Equal(references[0], references[1]);
        Assert.Equal(4, references.Distinct().Count());

        // Also when it was carried out long since.
        await host.UntilAsync(references[0], view => view.Status() == "closed");
        Assert.Equal(references[0], (await host.EnterAsync(person, Text(today.AddDays(-1)), "objection", "telephone", submission: "a")).GetProperty("reference").GetString());
    }

    [Fact]
    [Clause("R-COMPLAIN")]
    public async Task Complaint_ByLetter_IsReadWithItsWords()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, today) = (DataSubject.Stranger(host), await TodayAsync(host));
        var reference = (await host.EnterAsync(person, Text(today), Complaining.Right, text: "You sent me a letter that was for somebody else.")).GetProperty("reference").GetString()!;
        await host.UntilItWaitsAsync(reference);
        Assert.Equal(["You sent me a letter that was for somebody else."], (await host.StatementAsync(reference)).Words());
        Assert.Contains("We received your letter on", (await host.Outbox.ReceiveAsync(person.Address, Complaining.Received)).Text);
    }

    [Fact]
    public async Task Entry_ThatIsNotComplete_SaysOfEachFieldWhatIsWrong()
    {
        var host = await ScenarioHost.SharedAsync();
        var today = await TodayAsync(host);
        Dictionary<string, string?> good = new() { ["email"] = "a@example.org", ["channel"] = "letter", ["receivedOn"] = Text(today), ["submission"] = "17" };
        foreach (var (right, field, value) in new[]
        {
            ("access", "email", "nobody"), ("access", "channel", null), ("access", "channel", "form"), ("access", "channel", "api"), ("access", "channel", "Letter"),
            ("access", "receivedOn", null), ("access", "receivedOn", "yesterday"), ("access", "receivedOn", "03/02/2026"), ("access", "receivedOn", "2026-02-30"),
            ("access", "receivedOn", Text(today.AddDays(3))), ("access", "receivedOn", Text(today.AddDays(-400))), ("access", "residence", "Atlantis"),
            ("access", "submission", null), ("access", "ground", "accuracy"), ("access", "text", "More"), ("access", "actor", "op-1"), ("objection", "residence", "DE"),
            ("restriction", "ground", "because"), ("complaint", "text", "short"), ("use", "text", null), ("complaint", "about", "12345"),
        })
        {
            var wrong = right is "complaint" or "use" ? new Dictionary<string, string?>(good) { ["text"] = "In my own words, long enough." } : new(good);
            wrong[field] = value;
            Assert.Equal([field], (await host.RefusedAsync(wrong, right)).Keys);
        }

        Assert.Equal(["channel", "email", "receivedOn", "submission"], (await host.RefusedAsync([])).Keys.Order());

        // A wrong month would make it overdue: that is asked once more.
        var late = new Dictionary<string, string?>(good) { ["receivedOn"] = Text(today.AddDays(-60)) };
        Assert.Contains("the answer was due by", Assert.Single(await host.RefusedAsync(late)).Value);
        Assert.Equal(["confirmOverdue"], (await host.RefusedAsync(new(late) { ["confirmOverdue"] = "no" })).Keys);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, "api/operator/requests/nothing", good)).Status);
    }

    // They have the right as everybody else, and the answer says what an operator has to do.
    [Fact]
    public async Task Entry_OfSomebodyWithoutAnAddress_SaysWhereItIsEntered()
    {
        var host = await ScenarioHost.SharedAsync();
        var refused = await host.RefusedAsync(new() { ["channel"] = "letter", ["receivedOn"] = Text(await TodayAsync(host)), ["submission"] = "17" });
        Assert.Contains("POST /api/operator/requests/access/by-post", refused["email"]);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Where legal time runs faster, only the host knows which day it is.
    private static async Task<DateOnly> TodayAsync(ScenarioHost host)
    {
        var asked = await host.CaseAsync(await DataSubject.Stranger(host).AskAsync());
        return DateOnly.ParseExact(asked.GetProperty("case").GetProperty("receivedOn").GetString()!, "yyyy-MM-dd");
    }
}
