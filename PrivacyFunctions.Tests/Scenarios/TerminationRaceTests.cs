using System.Net;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// What happens at the same time to one account: the first that is committed wins, and everybody hears the same. Each test has
/// accounts of its own.
/// </summary>
[Clause("T-ACTIVE")]
public class TerminationRaceTests(RaceHost shared) : IClassFixture<RaceHost>
{
    private const int AtOnce = 16;

    [Fact]
    public async Task Confirm_PressedManyTimesAtOnce_TakesEffectOnce()
    {
        var owner = shared.NextOwner();
        var reference = await owner.AskAsync();
        var link = await owner.LinkAsync(TerminationMails.Confirm);

        Assert.All(await PressAtOnceAsync(owner, link, AtOnce), status => Assert.Equal(HttpStatusCode.OK, status));

        await owner.LinkAsync(TerminationMails.Export);
        var view = await shared.Host.CaseAsync(reference);
        Assert.Equal(
            ["termination-requested", "confirmation-asked", "confirmed", "terminated", "gathered", "export-offered"],
            view.Facts());
        Assert.True(view.ChainIsIntact());
        Assert.Single(await shared.Host.Outbox.AllAsync(owner.Address, TerminationMails.Ends));
    }

    [Fact]
    [Clause("T-KEEP")]
    public async Task Undo_PressedManyTimesAtOnce_IsUndoneOnceAndEveryPressHearsIt()
    {
        var owner = shared.NextOwner();
        var reference = await owner.AskAsync();
        await owner.ConfirmAsync();
        await owner.LinkAsync(TerminationMails.Export);
        var link = await owner.LinkAsync(TerminationMails.Ends);

        Assert.All(await PressAtOnceAsync(owner, link, AtOnce), status => Assert.Equal(HttpStatusCode.OK, status));

        var view = await shared.Host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("undone", view.Outcome());
        Assert.Single(view.Facts(), "termination-undone");
        Assert.Single(await shared.Host.Outbox.AllAsync(owner.Address, TerminationMails.GoesOn));
        Assert.Equal(4, await owner.ItemsAsync());

        // The link that confirmed it says nothing of an end any more.
        using var late = await owner.PressAsync(TerminationMails.Confirm);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
    }

    [Fact]
    public async Task OwnerAndOperator_EndTheAccountAtOnce_OneEndsItAndTheOtherIsToldSo()
    {
        foreach (var owner in new[] { shared.NextOwner(), shared.NextOwner(), shared.NextOwner() })
        {
            var asked = await owner.AskAsync();
            var link = await owner.LinkAsync(TerminationMails.Confirm);

            var press = PressAtOnceAsync(owner, link, 1);
            var (status, entered) = await owner.TryBeEndedAsync();
            var answer = (await press)[0];

            var (ownersWon, winner, loser) = answer == HttpStatusCode.OK ? (true, asked, entered) : (false, entered, asked);
            Assert.Equal(ownersWon ? HttpStatusCode.OK : HttpStatusCode.Conflict, answer);
            Assert.Equal(ownersWon ? HttpStatusCode.Conflict : HttpStatusCode.Accepted, status);
            var lost = await shared.Host.UntilAsync(loser, view => view.Status() == "closed");
            Assert.Equal("answeredByAnotherCase", lost.Outcome());
            Assert.DoesNotContain("terminated", lost.Facts());
            Assert.Contains("terminated", (await shared.Host.UntilAsync(winner, view => view.Status() == "undoable")).Facts());

            // Only the case that goes on keeps the mailbox.
            await shared.Host.UntilAsync(async () => await RecordsLook.CountAsync(shared.Host.Storage, owner.Address) == 1);
            await owner.LinkAsync(TerminationMails.Ends);
            Assert.Single(await shared.Host.Outbox.AllAsync(owner.Address, TerminationMails.Ends));
        }
    }

    /// <summary>The other one may have died in between: then nobody would end the account, and both were told that it ends.</summary>
    [Fact]
    public async Task Decision_WhileAnotherCaseHasTakenTheAccountAndNotSaidSo_IsNotAnsweredByThatOne()
    {
        var owner = shared.NextOwner();
        var asked = await owner.AskAsync();
        var link = await owner.LinkAsync(TerminationMails.Confirm);
        var claims = new TableServiceClient(shared.Host.Storage).GetTableClient("privacyAccounts");
        var taken = $"termination-{SmallCompany.Opened.UtcDateTime:yyyyMMdd'T'HHmmssfffffff'Z'}";
        await claims.AddEntityAsync(new TableEntity(owner.Account, taken) { ["Case"] = asked, ["TakenAt"] = DateTimeOffset.UtcNow });

        var (status, decision) = await owner.TryBeEndedAsync();
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.DoesNotContain("terminated", (await shared.Host.CaseAsync(decision)).Facts());

        Assert.Equal([HttpStatusCode.OK], await PressAtOnceAsync(owner, link, 1));
        Assert.Equal(HttpStatusCode.Conflict, (await owner.TryBeEndedAsync()).Status);
        Assert.Contains("terminated", (await shared.Host.UntilAsync(asked, view => view.Status() == "undoable")).Facts());
        Assert.Equal("answeredByAnotherCase", (await shared.Host.UntilAsync(decision, view => view.Status() == "closed")).Outcome());
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("L8")]
    public async Task Undo_WhileItsWindowEnds_EitherKeepsTheAccountOrIsRefusedNeverBoth()
    {
        await using var host = await LocalHostHere.StartAsync(clock: new(2026, 2, 10), seeded: false, nights: false);
        var owners = await SmallCompany.FoundAsync(host, 8);
        var ended = await Task.WhenAll(owners.Select(owner => owner.BeEndedAsync()));
        var links = await Task.WhenAll(owners.Select(owner => owner.LinkAsync(TerminationMails.Ends)));
        var end = LegalTimes.In("Europe/Berlin").StartOf(ended[0].UndoOn.AddDays(1));
        await host.PassToAsync(end - TimeSpan.FromSeconds(1));

        var presses = owners.Zip(links, (owner, link) => PressAtOnceAsync(owner, link, AtOnce / 4)).ToList();
        await host.PassAsync(TimeSpan.FromSeconds(2));
        var answers = await Task.WhenAll(presses);
        await host.PassToAsync(new(ended[0].PurgeOn.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));

        for (var one = 0; one < owners.Count; one++)
        {
            var view = await host.CaseAsync(ended[one].Reference);
            var isKept = answers[one].Contains(HttpStatusCode.OK);
            Assert.All(answers[one], status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Gone));
            Assert.Equal(isKept, view.Facts().Contains("termination-undone"));
            Assert.Equal(!isKept, view.Facts().Contains("undo-over"));
            Assert.Equal(isKept ? "closed" : "awaitingBackups", view.Status());
            Assert.Equal(isKept ? 4 : 0, await owners[one].ItemsAsync());
        }
    }

    private static async Task<HttpStatusCode[]> PressAtOnceAsync(Owner owner, string link, int times) =>
        await Task.WhenAll(Enumerable.Range(0, times).Select(async _ =>
        {
            using var answer = await owner.PostAsync(link);
            return answer.StatusCode;
        }));
}

/// <summary>The host of all scenarios, with accounts for tests that have one of their own each.</summary>
public sealed class RaceHost : IAsyncLifetime
{
    private const int Accounts = 8;
    private ScenarioHost? _host;
    private IReadOnlyList<Owner> _owners = [];
    private int _taken = -1;

    internal ScenarioHost Host => _host ?? throw new InvalidOperationException("There is no host yet.");

    /// <summary>An owner whom no other test has.</summary>
    internal Owner NextOwner() => _owners[Interlocked.Increment(ref _taken)];

    public async Task InitializeAsync()
    {
        _host = await ScenarioHost.SharedAsync();
        _owners = await SmallCompany.JoinAsync(_host, Accounts);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
