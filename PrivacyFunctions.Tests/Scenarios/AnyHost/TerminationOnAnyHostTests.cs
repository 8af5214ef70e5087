using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>
/// What <see cref="TerminationTests"/> holds with a moved clock, held on whatever host. Nothing here depends on how fast
/// legal time passes, only on what comes after what.
/// </summary>
[Clause("T-ACTIVE")]
[Clause("L8")]
public class TerminationOnAnyHostTests
{
    // Two contacts, a file and the account itself.
    private const int Everything = 4;

    private static readonly string[] BesideTheProcedure = ["gathered", "export-offered", "export-opened", "export-deleted"];

    [Fact]
    [Clause("T-BACKUP")]
    [Clause("T-EXPORT")]
    [Clause("T-KEEP")]
    public async Task Termination_ConfirmedByItsOwner_EndsWithNothingInTheDatabaseNorInABackup()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var owners = await SmallCompany.JoinAsync(host, 2);
        var (owner, other) = (owners[0], owners[1]);

        var reference = await owner.AskAsync();
        var dates = await owner.ConfirmAsync();
        Assert.Equal(reference, dates.Reference);
        Assert.Equal(dates.TerminatedOn.AddMonths(3), dates.Deadline);
        await owner.LinkAsync(TerminationMails.Ends);
        var package = await new DataSubject(host, owner.Address).FetchAsync(await owner.LinkAsync(TerminationMails.Export));
        Assert.Equal(
            ["files/service-files/offers/offer-1.txt", "service-contacts.csv", "service-contacts.jsonl", "service-files.csv", "service-files.jsonl"],
            package.Names.Order());
        var backedUp = await host.BackUpAsync();

        // Nothing is lost before its day. Counted first: what begins in between does not make it too few.
        var items = await owner.ItemsAsync();
        if (!(await host.CaseAsync(reference)).Facts().Contains("purge-begun")) Assert.Equal(Everything, items);

        await host.UntilAsync(reference, found => found.Facts().Contains("undo-over"));
        using (var late = await owner.PressAsync(TerminationMails.Ends)) Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        var purged = await host.UntilAsync(reference, found => found.Facts().Contains("purged"));
        Assert.Equal("awaitingBackups", purged.Status());
        Assert.Equal(0, await owner.ItemsAsync());

        // A newer backup, so that the one with the account can go.
        await host.BackUpAsync();
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("purged", view.Outcome());
        Assert.True(view.ChainIsIntact());
        Assert.Equal(
            [
                "termination-requested", "confirmation-asked", "confirmed", "terminated", "undo-over", "purge-begun",
                .. Enumerable.Repeat("data-set-purged", 6), "purged", "nothing-came-back", "backups-empty",
                "nothing-came-back", "closed",
            ],
            view.Facts().Where(fact => !BesideTheProcedure.Contains(fact)));
        Assert.Equal(BesideTheProcedure, view.Facts().Where(BesideTheProcedure.Contains));
        Assert.Equal("deleted", (await host.NightAsync(backedUp)).State());
        Assert.Contains("we looked again", (await host.Outbox.ReceiveAsync(owner.Address, TerminationMails.Emptied)).Text);
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, owner.Address));
        Assert.Equal(Everything, await other.ItemsAsync());
    }

    [Fact]
    [Clause("T-KEEP")]
    public async Task Termination_UndoneInTime_LeavesTheAccountAsItWasAndCanBeAskedForAgain()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var reference = await owner.AskAsync();
        await owner.ConfirmAsync();

        var undo = await owner.LinkAsync(TerminationMails.Ends);
        using (var page = await host.App.GetAsync(undo)) Assert.Contains("Keep the account", await page.Content.ReadAsStringAsync());
        Assert.DoesNotContain("termination-undone", (await host.CaseAsync(reference)).Facts()); // a look is no press
        using (var undone = await owner.PostAsync(undo)) Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        using (var again = await owner.PostAsync(undo)) Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await host.Outbox.ReceiveAsync(owner.Address, TerminationMails.GoesOn);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal("undone", view.Outcome());
        Assert.Single(view.Facts(), "termination-undone");
        Assert.DoesNotContain("purge-begun", view.Facts());
        Assert.True(view.ChainIsIntact());
        Assert.Equal(Everything, await owner.ItemsAsync());
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, owner.Address));
        Assert.NotEqual(reference, (await owner.BeEndedAsync()).Reference);
    }

    [Fact]
    [Clause("L9")]
    public async Task Termination_NeverConfirmed_IsToldAndTheAccountGoesOn()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var reference = await owner.AskAsync();
        var confirm = await owner.LinkAsync(TerminationMails.Confirm);

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal("notIdentified", view.Outcome());
        Assert.Equal(["termination-requested", "confirmation-asked", "not-identified", "closed"], view.Facts());
        using (var late = await owner.PostAsync(confirm)) Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        await host.Outbox.ReceiveAsync(owner.Address, TerminationMails.GoesOn);
        Assert.Equal(Everything, await owner.ItemsAsync());
    }
}
