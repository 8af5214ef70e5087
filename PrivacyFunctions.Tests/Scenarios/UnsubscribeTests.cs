using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The way out of a newsletter, as people, mail programs, scanners and strangers use it.</summary>
[Clause("M-UNSUB")]
public class UnsubscribeTests
{
    public static TheoryData<string, string> Bodies => new()
    {
        { "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click" },
        { "application/x-www-form-urlencoded; charset=utf-7", "List-Unsubscribe=One-Click" },
        {
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
        },
        { "multipart/form-data; boundary=x", "--x\r\nbroken" },
        { "application/x-www-form-urlencoded", "" },
        { "application/json", "{" },
        { "text/plain", "unsubscribe me" },
        { "application/octet-stream", new string('x', 10_000_000) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_WhateverTheBody_SuppressesDirectlyAndWithinASecond(string type, string body)
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        var wayOut = await host.WayOutAsync(reader, newsletter);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        var watch = Stopwatch.StartNew();
        using var answer = await host.App.PostAsync(wayOut, content);
        var took = watch.Elapsed;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal("suppressed", await host.MessageAsync(reader, $"newsletter:{newsletter}", "Unwanted"));
        Assert.Empty(await host.Outbox.AllAsync(reader, "Unwanted"));
    }

    [Fact]
    public async Task Post_WithoutAnyBody_Suppresses()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        using var answer = await host.App.PostAsync(await host.WayOutAsync(reader, newsletter), null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("suppressed", await host.MessageAsync(reader, $"newsletter:{newsletter}", "Unwanted"));
    }

    [Fact]
    [Clause("M-ESSENTIAL")]
    public async Task Page_OfALink_SaysWhatEndsAndWhatGoesOnAndOffersOneButton()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        var wayOut = await host.WayOutAsync(reader, newsletter);

        var before = await PageAsync(await host.App.GetAsync(wayOut));
        Assert.Contains(newsletter, before);
        Assert.Contains("security incidents", before);
        Assert.Single(before.Split("<form"), part => part.Contains($"action=\"/{wayOut}\"", StringComparison.Ordinal));
        Assert.Equal(2, before.Split("<button").Length);
        Assert.DoesNotContain(reader, before);
        Assert.Equal("sent", await host.MessageAsync(reader, $"newsletter:{newsletter}", "Still wanted"));

        using var nothing = new FormUrlEncodedContent([]);
        var after = await PageAsync(await host.App.PostAsync(wayOut, nothing));
        Assert.Contains("You are unsubscribed from", after);
        Assert.DoesNotContain("<form", after); // nothing subscribes again by accident
        var later = await PageAsync(await host.App.GetAsync(wayOut));
        Assert.Contains("was stopped on", later);
        Assert.Single(later.Split("<form").Skip(1), part => part.Contains($"action=\"/{wayOut}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task MailScanner_OpeningTheLink_UnsubscribesNobody(string method)
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        var wayOut = await host.WayOutAsync(reader, newsletter);
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), wayOut);
            using var answer = await host.App.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal("sent", await host.MessageAsync(reader, $"newsletter:{newsletter}", "Still wanted"));
    }

    [Fact]
    public async Task Program_AskingForJson_GetsJson()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host), SentNewsletters.FreshName());
        using var answer = await reader.PostAsync(await host.WayOutAsync(reader.Address, newsletter));
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(newsletter, said.GetProperty("newsletter").GetString());
        Assert.True(said.GetProperty("unsubscribed").GetBoolean());
    }

    [Fact]
    public async Task Link_ForgedDamagedOrForeign_IsRefusedByPageAndPost()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var token = (await host.WayOutAsync(person.Address, SentNewsletters.FreshName())).Split('/')[1];
        await person.AskAsync();
        var confirm = (await person.LinkAsync(Mails.Confirm)).Split('/')[1];
        var damaged = token[..^4] + (token[^4] == 'A' ? 'B' : 'A') + token[^3..];

        foreach (var wrong in new[] { "forged", "CfDJ8AAAA", damaged, token + token, confirm, "..%2f..%2fadmin" })
        {
            using var page = await host.App.GetAsync($"u/{wrong}");
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
            Assert.Contains("does not work", await page.Content.ReadAsStringAsync());
            using var post = await host.App.PostAsync($"u/{wrong}", null);
            Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        }

        using var other = await host.App.GetAsync($"confirm/{token}");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Link_NamesNobody()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        var wayOut = await host.WayOutAsync(reader, newsletter);
        await host.OneClickAsync(wayOut);
        Assert.DoesNotContain(reader.Split('@')[0], wayOut);
        Assert.DoesNotContain(newsletter, wayOut);
        Assert.False(await RecordsLook.HoldAsync(host.Storage, reader));
    }

    [Fact]
    public async Task Post_ManyAtOnceAndAgain_AllSucceedAndTheLatestTimeStands()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        var wayOut = await host.WayOutAsync(reader, newsletter);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => host.OneClickAsync(wayOut)));
        var first = await host.SuppressionAsync(newsletter);
        using (var page = await host.App.PostAsync(wayOut, null)) Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        var last = await host.SuppressionAsync(newsletter);
        Assert.True(last.GetDateTimeOffset("At") > first.GetDateTimeOffset("At"));
        Assert.Equal(("OneClick", "Page"), (first.GetString("How"), last.GetString("How")));
        Assert.Equal(first.GetInt32("PepperVersion"), last.GetInt32("PepperVersion"));
    }

    [Fact]
    public async Task SubscribedAgain_WithAProof_IsWrittenToUntilTheNextClickOfAnyOldLink()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        var (kind, oldLink) = ($"newsletter:{newsletter}", await host.WayOutAsync(reader, newsletter));
        await host.OneClickAsync(oldLink);
        Assert.Equal("suppressed", await host.MessageAsync(reader, kind, "Unwanted"));

        var again = await host.ClickedAtAsync(newsletter) + TimeSpan.FromMilliseconds(1);
        await host.SubscribeAgainAsync(reader, newsletter, again);
        Assert.Equal("sent", await host.MessageAsync(reader, kind, "Wanted again"));
        Assert.NotNull(await host.Outbox.ReceiveAsync(reader, "Wanted again"));

        await host.OneClickAsync(oldLink);
        Assert.Equal("suppressed", await host.MessageAsync(reader, kind, "Unwanted again"));
        Assert.Equal(await host.ClickedAtAsync(newsletter), await host.LeftAtAsync(reader, newsletter));
        Assert.True(await host.LeftAtAsync(reader, newsletter) > again);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(1, " ")]
    [InlineData(0, "2026-01")]
    [InlineData(-60, "2026-01")]
    [InlineData(3600, "2026-01")] // in an hour: that is a slip
    public async Task SubscribedAgain_EarlierOrWithoutAProof_StaysUnsubscribedSinceTheClick(int seconds, string? proof)
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        await host.OneClickAsync(await host.WayOutAsync(reader, newsletter));
        var clicked = await host.ClickedAtAsync(newsletter);

        await host.SubscribeAgainAsync(reader, newsletter, clicked.AddSeconds(seconds), proof);

        Assert.Equal("suppressed", await host.MessageAsync(reader, $"newsletter:{newsletter}", "Unwanted"));
        Assert.Equal(clicked, await host.LeftAtAsync(reader, newsletter));
    }

    [Fact]
    [Clause("M-ESSENTIAL")]
    public async Task Unsubscribed_FromEverything_StillGetsExactlyTheEssential()
    {
        var host = await ScenarioHost.SharedAsync();
        var reader = DataSubject.Stranger(host).Address;
        string[] newsletters = [SentNewsletters.FreshName(), SentNewsletters.FreshName()];
        foreach (var newsletter in newsletters) await host.OneClickAsync(await host.WayOutAsync(reader, newsletter));
        var before = (await host.Outbox.AllAsync(reader)).Count;

        foreach (var newsletter in newsletters)
            Assert.Equal("suppressed", await host.MessageAsync(reader, $"newsletter:{newsletter}", "Unwanted"));
        string[] kinds = ["account", "security", "privacy", "transaction"];
        foreach (var kind in kinds) Assert.Equal("sent", await host.MessageAsync(reader, kind, $"About {kind}"));

        var mails = (await host.Outbox.AllAsync(reader)).Skip(before).ToList();
        Assert.Equal(kinds.Select(kind => $"About {kind}"), mails.Select(mail => mail.Subject));
        Assert.All(mails, mail => Assert.False(mail.Headers.ContainsKey("List-Unsubscribe")));
    }

    [Fact]
    public async Task Message_RepeatedUnderItsId_GoesOnceAndItsIdServesNoOther()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter, id) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName(), Guid.NewGuid().ToString());
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("sent", await host.MessageAsync(reader, "transaction", "Your receipt", id));
            Assert.Equal("sent", await host.MessageAsync(reader, $"newsletter:{newsletter}", "News", $"{id}-news"));
        }

        Assert.Equal(2, (await host.Outbox.AllAsync(reader)).Count);
        using var other = await host.PostAsOperatorAsync(
            "api/messages", new { id, to = reader, kind = "transaction", subject = "Another receipt", text = "Words." });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Theory]
    [InlineData("to", "nobody")]
    [InlineData("kind", "advertisement")]
    [InlineData("kind", "newsletter:Product News")]
    [InlineData("kind", "newsletter:")]
    [InlineData("subject", "")]
    [InlineData("subject", "two\r\nBcc: lines@example.com")]
    [InlineData("text", " ")]
    [InlineData("id", "")]
    public async Task Message_Wrong_IsRefusedWithTheFieldToCorrect(string field, string value)
    {
        var host = await ScenarioHost.SharedAsync();
        var message = new Dictionary<string, string>
        {
            ["id"] = "m-1", ["to"] = "a@example.com", ["kind"] = "account", ["subject"] = "A subject", ["text"] = "Words.",
            [field] = value,
        };
        using var answer = await host.PostAsOperatorAsync("api/messages", message);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Message_WithoutTheKey_IsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        using var message = await host.App.PostAsJsonAsync("api/messages", new { });
        using var order = await host.App.PostAsJsonAsync("api/operator/newsletters", new { });
        using var look = await host.App.GetAsync($"api/operator/newsletters/{Guid.NewGuid():N}");
        Assert.All([message, order, look], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    private static async Task<string> PageAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
            return await answer.Content.ReadAsStringAsync();
        }
    }
}
