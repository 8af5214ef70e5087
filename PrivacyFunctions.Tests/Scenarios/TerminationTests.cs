using System.Net;
using System.Net.Http.Json;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The end of an account as its owner lives it, from the wish to the last backup. What needs time has a host of its own.</summary>
[Clause("T-ACTIVE")]
public class TerminationTests
{
    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("T-BACKUP")]
    [Clause("T-EXPORT")]
    [Clause("T-KEEP")]
    public async Task Termination_ConfirmedByItsOwner_EndsWithNothingInTheDatabaseNorInABackup()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false);
        var (owner, other) = await TwoAsync(host);

        var reference = await owner.AskAsync();
        var dates = await owner.ConfirmAsync();
        Assert.Equal(reference, dates.Reference);
        Assert.Equal(dates.TerminatedOn.AddMonths(3), dates.Deadline);
        await owner.LinkAsync(TerminationMails.Ends);
        var package = await new DataSubject(host, owner.Address).FetchAsync(await owner.LinkAsync(TerminationMails.Export));
        Assert.Equal(
            ["files/service-files/offers/offer-1.txt", "service-contacts.csv", "service-contacts.jsonl", "service-files.csv", "service-files.jsonl"],
            package.Names.Order());

        await host.PassToAsync(Midnight(dates.PurgeOn.AddDays(-1)));
        Assert.Equal(Everything, await owner.ItemsAsync());
        await host.PassToAsync(Midnight(dates.PurgeOn.AddDays(1)));
        Assert.Equal(0, await owner.ItemsAsync());
        Assert.Equal("awaitingBackups", (await host.CaseAsync(reference)).Status());

        await host.PassToAsync(Midnight(dates.PurgeOn.AddMonths(1).AddDays(1)));
        Assert.Equal("emptied", (await host.CaseAsync(reference)).Status());
        await host.PassToAsync(Midnight(dates.PurgeOn.AddDays(36)));
        var view = await host.CaseAsync(reference);
        Assert.Equal(("closed", "purged"), (view.Status(), view.Outcome()));
        Assert.True(view.ChainIsIntact());
        Assert.Equal(
            [
                "termination-requested", "confirmation-asked", "confirmed", "terminated", "gathered", "export-offered",
                "export-opened", "undo-over", "purge-begun", .. Enumerable.Repeat("data-set-purged", 6), "purged",
                "nothing-came-back", "backups-empty", "nothing-came-back", "closed",
            ],
            view.Facts().Where(fact => fact != "export-deleted")); // which the hourly sweep may have done before
        Assert.Single(view.Facts(), "export-deleted");
        Assert.Contains("we looked again", (await host.Outbox.ReceiveAsync(owner.Address, TerminationMails.Emptied)).Text);
        Assert.False(await RecordsLook.HoldAsync(host.Storage, owner.Address));
        Assert.Equal(Everything, await other.ItemsAsync());
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("T-KEEP")]
    public async Task Termination_UndoneInTime_LeavesTheAccountAsItWasAndCanBeAskedForAgain()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var (owner, _) = await TwoAsync(host);
        var reference = await owner.AskAsync();
        var dates = await owner.ConfirmAsync();
        var copy = await owner.LinkAsync(TerminationMails.Export);

        await host.PassToAsync(Midnight(dates.UndoOn));
        var undo = await owner.LinkAsync(TerminationMails.Ends);
        using (var page = await host.App.GetAsync(undo)) Assert.Contains("Keep the account", await page.Content.ReadAsStringAsync());
        using (var undone = await owner.PressAsync(TerminationMails.Ends)) Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        using (var again = await owner.PressAsync(TerminationMails.Ends)) Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await host.Outbox.ReceiveAsync(owner.Address, TerminationMails.GoesOn);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("undone", view.Outcome());
        Assert.Contains("The end of the account was undone.", await host.App.GetStringAsync(await new DataSubject(host, owner.Address).PageAsync(host, TerminationMails.GoesOn)));
        using (var gone = await host.App.GetAsync(copy)) Assert.Contains("your request ended in another way", await gone.Content.ReadAsStringAsync());

        await host.PassToAsync(Midnight(dates.Deadline.AddDays(1)));
        Assert.Equal(Everything, await owner.ItemsAsync());
        Assert.NotEqual(reference, (await owner.BeEndedAsync()).Reference);
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    public async Task Undo_AfterItsWindow_IsRefusedAndTheDataGoes()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var (owner, _) = await TwoAsync(host);
        var ended = await owner.BeEndedAsync();
        await owner.LinkAsync(TerminationMails.Ends);

        await host.PassToAsync(Midnight(ended.UndoOn.AddDays(2)));
        using (var late = await owner.PressAsync(TerminationMails.Ends)) Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(1)));

        Assert.Equal(0, await owner.ItemsAsync());
    }

    [LocalFact("moves its clock", typeof(HoldOnAnyHostTests))]
    [Clause("K-EXTEND")]
    public async Task Purge_OfWhatAHoldCovers_WaitsForItsReleaseWhileTheRestGoesOnTime()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var (owner, _) = await TwoAsync(host);
        var ended = await owner.BeEndedAsync();
        await HoldAsync(host, "api/operator/holds", new
        {
            account = owner.Account, id = "h-1", kind = "legal", dataSet = "service-files", ground = "A claim is pending.",
            owner = "legal-team", reviewOn = "2030-01-31",
        });

        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(1)));
        Assert.Equal(1, await owner.ItemsAsync());
        Assert.Contains("data-set-held", (await host.CaseAsync(ended.Reference)).Facts());
        await host.PassToAsync(Midnight(ended.Deadline));
        Assert.Contains("purge-escalated", (await host.CaseAsync(ended.Reference)).Facts());

        await HoldAsync(host, "api/operator/holds/release", new { account = owner.Account, id = "h-1" });
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(0, await owner.ItemsAsync());
        Assert.Equal("awaitingBackups", (await host.CaseAsync(ended.Reference)).Status());
    }

    [Fact]
    public async Task Termination_AskedForByAnotherMailbox_TouchesNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var (owner, other) = await TwoAsync(host);
        var stranger = new Owner(host, other.Address, owner.Account);
        var reference = await stranger.AskAsync();

        using (var refused = await stranger.PressAsync(TerminationMails.Confirm))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("notTheOwner", view.Outcome());
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, stranger.Address));
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("L9")]
    public async Task Termination_NeverConfirmed_IsToldAndTheAccountGoesOn()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var (owner, _) = await TwoAsync(host);
        var reference = await owner.AskAsync();
        await owner.LinkAsync(TerminationMails.Confirm);

        await host.PassAsync(TimeSpan.FromDays(15));

        Assert.Equal(("closed", "notIdentified"), ((await host.CaseAsync(reference)).Status(), (await host.CaseAsync(reference)).Outcome()));
        await host.Outbox.ReceiveAsync(owner.Address, TerminationMails.GoesOn);
        Assert.Equal(Everything, await owner.ItemsAsync());
    }

    [Fact]
    public async Task Termination_EnteredTwice_IsOneAndTheSecondIsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        var (owner, _) = await TwoAsync(host);

        var first = await owner.BeEndedAsync("decision 7");
        var same = await owner.BeEndedAsync("decision 7");
        using var second = await EnterAsync(host, new { account = owner.Account, submission = "decision 8" });

        Assert.Equal(first.Reference, same.Reference);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        await host.UntilAsync(async () => await RecordsLook.CountAsync(host.Storage, owner.Address) == 1); // the first one's contact
    }

    [Fact]
    public async Task Termination_OfAnUnknownAccountOrIncomplete_IsRefusedWithWhatToCorrect()
    {
        var host = await ScenarioHost.SharedAsync();
        using var unknown = await EnterAsync(host, new { account = "c-99999" });
        using var missing = await EnterAsync(host, new { account = "no such: name" });
        using var keyless = await host.App.PostAsJsonAsync("api/operator/terminations", new { account = "c-00001" });
        using var form = await host.App.PostAsJsonAsync("accounts/end", new { email = "somebody@example.com", account = "" });

        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest],
            new[] { unknown.StatusCode, missing.StatusCode, keyless.StatusCode, form.StatusCode });
    }

    // Two contacts, a file and the account itself.
    private const int Everything = 4;

    private static async Task<(Owner Owner, Owner Other)> TwoAsync(ScenarioHost host) =>
        await SmallCompany.JoinAsync(host, 2) is [var owner, var other] ? (owner, other) : throw new InvalidOperationException();

    private static async Task HoldAsync(ScenarioHost host, string path, object hold)
    {
        using var answer = await OperateAsync(host, path, hold);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> EnterAsync(ScenarioHost host, object decision) =>
        OperateAsync(host, "api/operator/terminations", decision);

    private static async Task<HttpResponseMessage> OperateAsync(ScenarioHost host, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        return await host.App.SendAsync(request);
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
