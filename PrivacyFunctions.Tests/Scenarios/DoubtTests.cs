using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An operator doubts that an erasure is its person's own: both ends of it, and what cannot happen meanwhile.</summary>
[Clause("L9")]
[Clause("R-ERASE")]
public class DoubtTests
{
    private const string Asks = "Please show us that the request";
    private const string Shows = "I have read your newsletter since the fair of 2019, where I met Jo.";
    private const string Ends = "We could not identify you, so we cannot do what you asked for";

    [Fact]
    [Clause("C-MINIMUM")]
    public async Task Person_WhoIsIdentified_HasTheirDataErasedAndTheirProofDestroyed()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, reference) = await DoubtedAsync(host);
        var asks = await host.Outbox.ReceiveAsync(person.Address, Asks);
        Assert.Contains("This mailbox has been yours with us for a short time only.", asks.Text);
        Assert.Contains("art. 12(6)", asks.Text);

        // Nobody decides while it lasts, and nobody ends it unread.
        var plan = await host.WaitingPlanAsync(reference);
        using (var early = await host.ApproveAsync(reference, new { hash = plan.Hash() })) Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(host, reference, "refusal", new { ground = "noGround", explanation = "Because." }));
        var page = await person.PageAsync(host, Mails.Confirm);
        var form = await host.App.GetStringAsync($"{page}/message");
        Assert.Contains("Then we delete them", form, StringComparison.Ordinal);
        Assert.Contains("name=\"proof\"", form, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, Shows));
        Assert.Equal(HttpStatusCode.Conflict, await EndAsync(host, reference, "identified"));
        Assert.Equal("Please, as well: hurry.", (await SayAsync(host, person, page, reference, "Please, as well: hurry."))[^1]);

        Assert.Equal(HttpStatusCode.OK, await EndAsync(host, reference, "identified"));
        Assert.Empty(await MessagesAsync(host, reference));
        var after = await host.App.GetStringAsync($"{page}/message");
        Assert.DoesNotContain("Then we delete them", after, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"proof\"", after, StringComparison.Ordinal);
        using (var late = await person.PostAsync($"{page}/message", new { text = "My passport, once more.", proof = "yes" }))
        {
            Assert.Equal(HttpStatusCode.Conflict, late.StatusCode); // sent from the page as it was before
            Assert.Contains("we did not keep what you have just sent us", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(await MessagesAsync(host, reference));
        Assert.Equal(HttpStatusCode.OK, await EndAsync(host, reference, "notIdentified")); // the first word stands
        Assert.Equal(["You are welcome to write more."], await SayAsync(host, person, page, reference, "You are welcome to write more."));
        Assert.Equal(HttpStatusCode.OK, await EndAsync(host, reference, "identified")); // a repetition destroys nothing that came later
        Assert.Single(await MessagesAsync(host, reference));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, reference, "messages/read", new { }));

        await host.ApproveWaitingPlanAsync(reference);
        await host.Outbox.ReceiveAsync(person.Address, ErasureMails.Done);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.True(view.ChainIsIntact());
        Assert.True(view.GetProperty("audit").EnumerateArray().Select(row => row.GetProperty("entry").GetProperty("fact"))
            .Single(fact => fact.GetProperty("fact").GetString() == "doubt-ended").GetProperty("isIdentified").GetBoolean());
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Ends));
    }

    [Fact]
    [Clause("R-COMPLAIN")]
    public async Task Person_WhoIsNotIdentified_IsToldWhyAndHowToGoOn_AndForgotten()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, reference) = await DoubtedAsync(host, "disowned");
        var page = await person.PageAsync(host, Asks);
        Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "This shows it.", "proof-1", ("me.txt", "It is me."u8.ToArray())));
        await SayAsync(host, person, page, reference, Shows);
        Assert.Equal(1, await host.BlobsAsync(reference));
        Assert.Equal(HttpStatusCode.OK, await EndAsync(host, reference, "notIdentified"));
        Assert.Equal(0, await host.BlobsAsync(reference));
        Assert.Equal(HttpStatusCode.OK, await EndAsync(host, reference, "notIdentified"));

        var mail = await host.Outbox.ReceiveAsync(person.Address, Ends);
        Assert.Contains("Somebody told us that you did not ask for it.", mail.Text);
        Assert.Contains("complain to the data protection authority", mail.Text);
        Assert.Contains("/requests/erasure", mail.Text);
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        var view = await host.CaseAsync(reference);
        Assert.Equal(("closed", "notIdentified", true), (view.Status(), view.Outcome(), view.ChainIsIntact()));
        Assert.Empty(await MessagesAsync(host, reference));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Ends));
        Assert.Contains("We could not identify you", await host.App.GetStringAsync(page));
        Assert.Empty(await host.Outbox.AllAsync(person.Address, ErasureMails.Done));
    }

    // The law of the Union gives no pause, so the clock runs on unless the policy says otherwise; nor need anybody wait for an answer for ever.
    [Fact]
    [Clause("L4")]
    public async Task Doubt_ThatNobodyAnswers_MovesNoDateAndCanBeEnded()
    {
        var host = await ScenarioHost.SharedAsync();
        var (_, reference) = await DoubtedAsync(host, "contradiction");
        var doubted = (await host.CaseAsync(reference)).GetProperty("case");
        Assert.Equal("doubt", doubted.GetProperty("correspondence").GetProperty("question").GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(host, reference, "question/end", new { })); // it ends with the doubt
        Assert.Equal(HttpStatusCode.OK, await EndAsync(host, reference, "notIdentified"));
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(doubted.GetProperty("due").ToString(), view.GetProperty("case").GetProperty("due").ToString());
    }

    [Fact]
    public async Task Person_WhoWithdrawsMeanwhile_LeavesNoProof()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, reference) = await DoubtedAsync(host);
        var page = await person.PageAsync(host, Asks);
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, Shows));
        using (var withdrawn = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        Assert.Empty(await MessagesAsync(host, reference));
        Assert.Equal(HttpStatusCode.OK, await EndAsync(host, reference, "notIdentified"));
        Assert.Equal("withdrawn", (await host.CaseAsync(reference)).Outcome());
    }

    [Fact]
    public async Task Doubt_ThatIsIncompleteOrComesAtTheWrongTime_ChangesNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var access = await person.AskAsync();
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(host, access, "doubt", new { ground = "otherName" }));
        Assert.Equal(HttpStatusCode.Conflict, await EndAsync(host, access, "identified"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(host, new string('0', 32), "doubt", new { ground = "otherName" }));
        Assert.Equal(HttpStatusCode.NotFound, await EndAsync(host, "nobody", "identified"));
        foreach (var wrong in new object[] { new { }, new { ground = "gutFeeling" }, new { ground = "otherName", why = "so" } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(host, access, "doubt", wrong));
        foreach (var wrong in new object[] { new { }, new { outcome = "perhaps" }, new { outcome = "identified", passport = "X1" } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(host, access, "doubt/end", wrong));
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Asks));
        Assert.False((await host.CaseAsync(access)).GetProperty("case").TryGetProperty("doubt", out _));
    }

    private static async Task<(DataSubject Person, string Reference)> DoubtedAsync(ScenarioHost host, string ground = "newMailbox")
    {
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        foreach (var repeated in new[] { ground, "otherName" }) // the first stands
            Assert.Equal(HttpStatusCode.OK, await PostAsync(host, reference, "doubt", new { ground = repeated }));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Asks));
        return (person, reference);
    }

    // The person writes, and an operator reads all that there is; what stands there then.
    private static async Task<IReadOnlyList<string>> SayAsync(ScenarioHost host, DataSubject person, string page, string reference, string words)
    {
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, words));
        var all = await MessagesAsync(host, reference);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, reference, "messages/read", new { }));
        return all;
    }

    private static async Task<IReadOnlyList<string>> MessagesAsync(ScenarioHost host, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/cases/{reference}/messages");
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        var shown = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return [.. shown.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("words").GetString()!)];
    }

    private static Task<HttpStatusCode> EndAsync(ScenarioHost host, string reference, string outcome) => PostAsync(host, reference, "doubt/end", new { outcome });

    private static async Task<HttpStatusCode> PostAsync(ScenarioHost host, string reference, string what, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/operator/cases/{reference}/{what}") { Content = JsonContent.Create(body) };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        return answer.StatusCode;
    }
}
