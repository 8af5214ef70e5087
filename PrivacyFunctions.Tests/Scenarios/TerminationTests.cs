using System.Net;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The end of an account as its owner lives it, from the wish to the last backup. Each test has a host of its own.</summary>
[Clause("T-ACTIVE")]
public class TerminationTests
{
    [LocalFact]
    [Clause("T-BACKUP")]
    [Clause("T-EXPORT")]
    public async Task Termination_ConfirmedByItsOwner_EndsWithNothingInTheDatabaseNorInABackup()
    {
        await using var host = await LocalHostProcess.StartAsync();
        var owner = new Owner(host, SamplePeople.OtherScript, "a-02");
        Assert.True(await owner.ItemsAsync() > 0);

        var reference = await owner.AskAsync();
        var dates = await owner.ConfirmAsync();
        Assert.Equal(reference, dates.Reference);
        Assert.Equal(dates.TerminatedOn.AddMonths(3), dates.Deadline);
        await owner.LinkAsync(TerminationMails.Ends);
        var package = await new DataSubject(host, owner.Address).DownloadAsync(TerminationMails.Export);
        Assert.Contains("service-contacts.csv", package.Names);

        await host.PassToAsync(Midnight(dates.PurgeOn));
        Assert.True(await owner.ItemsAsync() > 0);
        await host.PassToAsync(Midnight(dates.PurgeOn.AddDays(1)));
        Assert.Equal(0, await owner.ItemsAsync());
        Assert.Equal("awaitingBackups", (await host.CaseAsync(reference)).Status());

        await host.PassToAsync(Midnight(dates.PurgeOn.AddMonths(1).AddDays(1)));
        var view = await host.CaseAsync(reference);
        Assert.Equal(("closed", "purged"), (view.Status(), view.Outcome()));
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(owner.Address, TerminationMails.Emptied));
        Assert.False(await RecordsLook.HoldAsync(host.Storage, owner.Address));
        Assert.Equal(
            [
                "termination-requested", "confirmation-asked", "confirmed", "terminated", "gathered", "export-offered",
                "export-opened", "undo-over", "purge-begun", "export-deleted", "data-set-purged", "data-set-purged",
                "data-set-purged", "purged", "backups-empty", "closed",
            ],
            view.Facts());
    }

    [LocalFact]
    [Clause("T-KEEP")]
    public async Task Termination_UndoneInTime_LeavesTheAccountAsItWas()
    {
        await using var host = await LocalHostProcess.StartAsync();
        var owner = new Owner(host, SamplePeople.ApostropheAndPlus, "a-03");
        var before = await owner.ItemsAsync();
        var reference = await owner.AskAsync();
        await owner.ConfirmAsync();
        await owner.LinkAsync(TerminationMails.Export);

        await host.PassAsync(TimeSpan.FromDays(13));
        using (var undone = await owner.PressAsync(TerminationMails.Ends)) Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        await host.Outbox.ReceiveAsync(owner.Address, TerminationMails.GoesOn);
        await host.UntilAsync(reference, view => view.Status() == "closed");

        await host.PassAsync(TimeSpan.FromDays(100));
        Assert.Equal(before, await owner.ItemsAsync());
        Assert.Equal("undone", (await host.CaseAsync(reference)).Outcome());
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
