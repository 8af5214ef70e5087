using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An objection to direct marketing: honoured at once, without a reason and without a proof of identity.</summary>
[Clause("R-OBJECT")]
public class ObjectionTests
{
    private const string Told = "We have stopped our advertising to you";

    [Fact]
    [Clause("L9")]
    public async Task Objection_FromItsForm_StopsEveryNewsletterAtOnceAndSaysSo()
    {
        await using var host = await LocalHostHere.StartAsync(nights: false);
        var (reader, other) = ($"reader-{Guid.NewGuid():N}@example.net", $"other-{Guid.NewGuid():N}@example.net");
        var (news, offers) = (SentNewsletters.FreshName(), SentNewsletters.FreshName());
        foreach (var newsletter in new[] { news, offers })
            foreach (var address in new[] { reader, other })
                await host.SubscribeAsync(address, newsletter);

        var form = new HtmlParser().ParseDocument(await host.App.GetStringAsync("requests/objection"));
        Assert.Contains("do not have to give a reason", form.Body!.TextContent);
        Assert.Null(form.QuerySelector("#residence")); // what is done at once is due nowhere earlier
        using var sent = await host.App.PostAsync("requests/objection", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["submission"] = form.QuerySelector("[name=submission]")!.GetAttribute("value")!, ["email"] = reader,
        }));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.DoesNotContain("confirm", await sent.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);

        var mail = await host.Outbox.ReceiveAsync(reader, Told);
        Assert.Contains("we send no more newsletters to this address", mail.Text);
        Assert.Contains("complain", mail.Text);

        // Neither newsletter goes to them, and both go to the other.
        foreach (var newsletter in new[] { news, offers })
        {
            var counts = await host.CountsAsync(await host.OrderAsync(newsletter, "News"));
            Assert.Equal((1, 1), (counts.Sent, counts.Skipped));
            Assert.DoesNotContain(await host.Outbox.AllAsync(reader), other => other.Id > mail.Id);
        }

        Assert.Equal(2, (await host.Outbox.AllAsync(other)).Count);
        Assert.Equal("suppressed", await host.MessageAsync(reader, $"newsletter:{SentNewsletters.FreshName()}", "Only today"));
        Assert.Equal("sent", await host.MessageAsync(reader, "security", "Change your password"));
    }

    // An objection is a wish of that moment: who agrees to a newsletter later gets it again, and who objects again after that does not.
    [Fact]
    [Clause("M-UNSUB")]
    public async Task Newsletter_AgreedToAfterAnObjection_GoesOutUntilTheNext()
    {
        await using var host = await LocalHostHere.StartAsync(nights: false);
        var (reader, news) = (DataSubject.Stranger(host), SentNewsletters.FreshName());
        await host.SubscribeAsync(reader.Address, news);
        foreach (var round in new[] { 1, 2 })
        {
            await host.PassAsync(TimeSpan.FromMinutes(1));
            var reference = await reader.AskAsync(right: "objection");
            await host.UntilAsync(reference, view => view.GetProperty("case").GetProperty("status").GetString() == "closed");
            Assert.Equal((0, 1), Of(await host.CountsAsync(await host.OrderAsync(news, "News"))));

            if (round == 2) break;
            await host.PassAsync(TimeSpan.FromMinutes(1));
            await host.SubscribeAgainAsync(reader.Address, news, await host.NowAsync());
            Assert.Equal((1, 0), Of(await host.CountsAsync(await host.OrderAsync(news, "News"))));
        }

        static (int Sent, int Skipped) Of((int Sent, int Skipped, int Refused, int Parked) counts) => (counts.Sent, counts.Skipped);
    }

    [Fact]
    public async Task Objection_OfAStranger_IsAnsweredAndStoredAsThatOfAReader()
    {
        var host = await ScenarioHost.SharedAsync();
        var stranger = DataSubject.Stranger(host);
        Assert.False((await host.AskUseAsync(stranger.Address)).NoAdvertising);
        var reference = await stranger.AskAsync(right: "objection");
        await host.Outbox.ReceiveAsync(stranger.Address, Told);
        var asked = await host.AskUseAsync(stranger.Address);
        Assert.Empty(asked.NotUsed);
        Assert.True(asked.NoAdvertising);

        // Whoever has another address is meant there as well, and nobody who merely entered it.
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var (second, entered) = (await SmallCompany.AddAddressAsync(host, id), await SmallCompany.AddAddressAsync(host, id, isProven: false));
        await person.AskAsync(right: "objection");
        await host.Outbox.ReceiveAsync(person.Address, Told);
        Assert.True((await host.AskUseAsync(second.Address)).NoAdvertising);
        Assert.False((await host.AskUseAsync(entered.Address)).NoAdvertising);

        var closed = await host.UntilAsync(reference, view => view.GetProperty("case").GetProperty("status").GetString() == "closed");
        Assert.Equal("answered", closed.GetProperty("case").GetProperty("outcome").GetString());
        Assert.True(closed.GetProperty("chain").GetProperty("intact").GetBoolean());
        Assert.Equal(
            ["received", "marketing-stopped", "closed"],
            closed.GetProperty("audit").EnumerateArray()
                .Select(row => row.GetProperty("entry").GetProperty("fact").GetProperty("fact").GetString()));
    }

    /// <summary>Nobody has proven the address, so it is the only one that is told, and only to whom the company gave something of its owner.</summary>
    [Fact]
    [Clause("C-RECIPIENTS")]
    public async Task Objection_OfSomebodyWhoseDataOthersAdvertiseBy_IsToldToThem()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        await person.AskAsync("the same", "objection");
        var reference = await person.AskAsync("the same", "objection");
        var link = await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Advertising, reference);
        var page = (await host.NoticePageAsync(link)).Body!.TextContent;
        Assert.Contains(person.Address, page, StringComparison.Ordinal);
        Assert.DoesNotContain(second.Address, page, StringComparison.Ordinal);
        Assert.Contains("Please send them no advertising", page, StringComparison.Ordinal);
        Assert.Single(await host.Outbox.AllAsync(Notifying.Reseller, Notifying.Advertising), mail => mail.Text!.Contains(reference, StringComparison.Ordinal));
        Assert.Equal(["reseller"], (await host.NoticesAsync(reference, "advertising")).Keys);

        using (var answered = await host.AnswerAsync(link, "done")) Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        Assert.Empty(await host.OpenAsync(reference));
        var closed = await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(["recipients-to-tell", "recipient-told", "recipient-answered"], closed.Facts().Where(fact => fact.StartsWith("recipient", StringComparison.Ordinal)));
        Assert.True(closed.ChainIsIntact());

        // Anybody could object in their name every day: it is told once a month.
        var again = await person.AskAsync("once more", "objection");
        await host.UntilAsync(again, view => view.Status() == "closed");
        Assert.DoesNotContain("recipients-to-tell", (await host.CaseAsync(again)).Facts());
        Assert.DoesNotContain(await host.Outbox.AllAsync(Notifying.Reseller, Notifying.Advertising), mail => mail.Text!.Contains(again, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Objection_SentTwice_IsOneCaseAndOneMail()
    {
        var host = await ScenarioHost.SharedAsync();
        var stranger = DataSubject.Stranger(host);
        var reference = await stranger.AskAsync("the same", "objection");
        var told = await host.Outbox.ReceiveAsync(stranger.Address, Told);
        await host.UntilAsync(reference, view => view.GetProperty("case").GetProperty("status").GetString() == "closed");

        Assert.Equal(reference, await stranger.AskAsync("the same", "objection"));
        Assert.Equal(told.Id, Assert.Single(await host.Outbox.AllAsync(stranger.Address)).Id);
    }

    // The same form sent again within the hour, and those of a day that join another case: each stops what was agreed to before it.
    [Fact]
    [Clause("M-UNSUB")]
    public async Task Objection_RepeatedOrOfManyInADay_StopsWhatWasAgreedToMeanwhile()
    {
        await using var host = await LocalHostHere.StartAsync(nights: false);
        var (reader, news) = (DataSubject.Stranger(host), SentNewsletters.FreshName());
        await host.SubscribeAsync(reader.Address, news);
        var references = new HashSet<string>();
        foreach (var submission in new[] { "the same", "the same", null, null, null, null })
        {
            await host.PassAsync(TimeSpan.FromMinutes(1));
            references.Add(await reader.AskAsync(submission, "objection"));
            var counts = await host.CountsAsync(await host.OrderAsync(news, "News"));
            Assert.Equal((0, 1), (counts.Sent, counts.Skipped));
            await host.PassAsync(TimeSpan.FromMinutes(1));
            await host.SubscribeAgainAsync(reader.Address, news, await host.NowAsync());
        }

        Assert.Equal(5, references.Count);
        await host.UntilAsync(async () => (await host.Outbox.AllAsync(reader.Address, Told)).Count == 3);
    }

    [Fact]
    public async Task Objection_SaidAgainDaysLater_IsACaseOfItsOwnUnderTheSameKey()
    {
        await using var host = await LocalHostHere.StartAsync(nights: false);
        var reader = DataSubject.Stranger(host);
        var references = new List<string>();
        foreach (var hours in new[] { 0, 2, 2, 24 })
        {
            await host.PassAsync(TimeSpan.FromHours(hours));
            references.Add(await reader.AskAsync("the customer's number", "objection"));
            await host.UntilAsync(references[^1], view => view.Status() == "closed");
        }

        Assert.Equal(4, references.Distinct().Count());
    }

    [Fact]
    public async Task Objection_WithAPlaceThatIsNone_IsHonouredWithoutIt()
    {
        var host = await ScenarioHost.SharedAsync();
        var stranger = DataSubject.Stranger(host);
        using var answer = await host.App.PostAsJsonAsync("requests/objection", new { email = stranger.Address, residence = "france" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await host.Outbox.ReceiveAsync(stranger.Address, Told);
    }

    [Fact]
    public async Task Objection_OfTenWithinADay_TellsTheMailboxAFewTimesOnly()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var stranger = DataSubject.Stranger(host);
        for (var time = 0; time < 10; time++)
        {
            using var answer = await host.App.PostAsJsonAsync("requests/objection", new { email = stranger.Address });
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            var reference = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
            await host.UntilAsync(reference, view => view.GetProperty("case").GetProperty("status").GetString() == "closed");
        }

        Assert.Equal(3, (await host.Outbox.AllAsync(stranger.Address)).Count);
    }
}
