using System.Net;
using System.Net.Http.Json;
using AngleSharp;
using AngleSharp.Dom;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Ground;

public sealed class OutboxMailsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Mails_AfterRestart_AreStillThereAndIdsGoOn()
    {
        await using (var before = await OutboxUnderTest.StartAsync(_folder))
            await before.SendAsync("ada@example.org", "First");

        await using var after = await OutboxUnderTest.StartAsync(_folder);
        await after.SendAsync("ada@example.org", "Second");

        Assert.Equal([(1, "First"), (2, "Second")], (await after.SearchAsync(new { })).Select(mail => (mail.Id, mail.Subject)));
    }

    [Fact]
    public async Task Mails_DeletedThenRestarted_NeverReuseAnId()
    {
        await using (var before = await OutboxUnderTest.StartAsync(_folder))
        {
            await before.SendAsync("ada@example.org");
            Assert.Equal(HttpStatusCode.NoContent, (await before.Http.DeleteAsync("/api/mails")).StatusCode);
            Assert.Empty(await before.SearchAsync(new { }));
            Assert.Equal(HttpStatusCode.NotFound, (await before.Http.GetAsync("/api/mails/1")).StatusCode);
        }

        await using var after = await OutboxUnderTest.StartAsync(_folder);
        await after.SendAsync("ada@example.org");

        Assert.Equal(2, Assert.Single(await after.SearchAsync(new { })).Id);
    }

    [Fact]
    public async Task Start_WithAForeignFileAmongTheMails_NamesIt()
    {
        await File.WriteAllTextAsync(_folder.File("0000000001.json"), "nonsense");

        var problem = await Assert.ThrowsAsync<StartUpProblem>(() => OutboxUnderTest.StartAsync(_folder));

        Assert.Contains("0000000001.json", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ByRecipientSubjectAndId_FindsOnlyTheMatches()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);
        await outbox.SendAsync("ada@example.org", "Please confirm");
        await outbox.SendAsync("bob@example.org", "Please confirm");
        await outbox.SendAsync("ada@example.org", "Your data");
        await outbox.SendAsync("ada@example.org", "Please CONFIRM again");

        var found = await outbox.SearchAsync(new { to = "ada@example.org", after = 1, subjectContains = "confirm" });

        Assert.Equal(4, Assert.Single(found).Id);
    }

    [Fact]
    public async Task Search_ThatWaits_IsAnsweredByTheArrivalOfAMatchAndNotOfAnother()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);
        var waiting = outbox.SearchAsync(new { to = "ada@example.org", waitSeconds = 60 });
        await outbox.SendAsync("bob@example.org");
        Assert.False(waiting.IsCompleted);

        await outbox.SendAsync("ada@example.org");

        Assert.Equal(
            "ada@example.org",
            Assert.Single((await waiting.WaitAsync(TimeSpan.FromSeconds(20))).SelectMany(mail => mail.To)).Email);
    }

    [Fact]
    public async Task Search_ThatWaitsInVain_AnswersWithNone()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);

        Assert.Empty(await outbox.SearchAsync(new { to = "ada@example.org", waitSeconds = 0.05 }));
    }

    [Fact]
    public async Task Search_WithAnEndlessWait_IsRefused()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);

        using var response = await outbox.Http.PostAsJsonAsync("/api/mails/search", new { waitSeconds = 61 });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task MailPage_WithHostileContent_ShowsItAsTextAndSandboxesTheHtml()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);
        await outbox.SendAsync(
            "ada@example.org",
            "<script>alert(1)</script>",
            "See https://example.org/a?b=1&c=2. <b>Not bold</b>",
            "<p>\"quoted\"</p><script>alert(2)</script>");

        using var response = await outbox.Http.GetAsync("/outbox/1");
        var page = await ParseAsync(response);

        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Equal("<script>alert(1)</script>", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("https://example.org/a?b=1&c=2", page.QuerySelector(".text a")!.GetAttribute("href"));
        Assert.Equal("See https://example.org/a?b=1&c=2. <b>Not bold</b>", page.QuerySelector(".text")!.TextContent);
        var frame = page.QuerySelector("iframe")!;
        Assert.DoesNotContain("allow-scripts", frame.GetAttribute("sandbox"), StringComparison.Ordinal);
        Assert.EndsWith("<p>\"quoted\"</p><script>alert(2)</script>", frame.GetAttribute("srcdoc"), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MailPage_OfAnUnknownMail_IsAPageThatSaysSo()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);

        using var response = await outbox.Http.GetAsync("/outbox/7");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("There is no such mail", (await ParseAsync(response)).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/outbox", 50, "Mail 51")]
    [InlineData("/outbox?page=2", 1, "Mail 1")]
    [InlineData("/outbox?page=99", 1, "Mail 1")]
    [InlineData("/outbox?page=nonsense", 50, "Mail 51")]
    public async Task ListPage_ShowsFiftyMailsNewestFirst(string address, int count, string first)
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);
        for (var i = 1; i <= 51; i++)
            await outbox.SendAsync("ada@example.org", $"Mail {i}");

        using var response = await outbox.Http.GetAsync(address);
        var subjects = (await ParseAsync(response)).QuerySelectorAll(".mails .subject").Select(subject => subject.TextContent).ToList();

        Assert.Equal((count, first), (subjects.Count, subjects[0]));
    }

    private static async Task<IDocument> ParseAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return await BrowsingContext.New().OpenAsync(request => request.Content(html));
    }
}
