using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// A host that dies by SIGKILL before and after every step of an account's end loses nothing and does nothing twice that
/// counts. Each host begins on a day whose purge is a cleanup's. A wake that was delivered runs on at once, so what follows a
/// death at it begins with the next step's; the timer that takes up what was left delivers it once more.
/// </summary>
[Clause("T-ACTIVE")]
[Clause("T-BACKUP")]
public class TerminationCrashTests
{
    private const string Key = "the submission that is repeated";
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);
    private static readonly DateOnly Day = new(2026, 2, 10);
    private static readonly DateTimeOffset BeforeTheCleanup = new(2026, 3, 31, 23, 55, 0, TimeSpan.Zero);

    [LocalFact]
    public async Task Termination_HostKilledAtEveryStep_EmptiesTheAccountOnceWithAnUnbrokenChain()
    {
        await using var host = await LocalHostProcess.StartAsync(crashAt: "before:start", clock: Day, seeded: false);
        var owners = await SmallCompany.FoundAsync(host, 2);
        var (owner, other) = (owners[0], owners[1]);

        // Stored, but not started; started and asked; confirmed, but not woken.
        await host.DiesDuringAsync(() => owner.AskAsync(Key));
        await host.DiesWithinAsync("before:AskOwner", UntilTakenUp);
        await host.DiesWithinAsync("after:AskOwner", Moment);
        await host.RunAsync(crashAt: "before:wake");
        await host.PassAsync(Moment); // it waits for the press again, and does not find it already there
        await host.DiesDuringAsync(owner.ConfirmAsync);
        await host.DiesWithinAsync("after:ReadTermination", UntilTakenUp);
        await DieAtEachAsync(
            host, "after:GiveUpWaiting", "after:ReadTerminationDates", "before:TellTerminated", "after:TellTerminated",
            "before:PackageServiceData", "after:PackageServiceData", "before:OfferServiceData", "after:OfferServiceData");

        // The window ends; somebody fires a cleanup on a day of their own, which has nothing to wake yet.
        await host.DiesWithinAsync("before:EndUndoWindow", TimeSpan.FromDays(16));
        await host.DiesWithinAsync("after:EndUndoWindow", Moment);
        await host.RunAsync(crashAt: "before:EndCleanup");
        await host.DiesDuringAsync(async () =>
        {
            await host.FireAsync("StartCleanup");
            await host.PassAsync(Moment);
        });
        await host.DiesWithinAsync("after:EndCleanup", Moment);
        await host.RunAsync();
        var reference = await owner.AskAsync(Key); // repeated, it is the same case
        Assert.Equal("awaitingPurge", (await host.CaseAsync(reference)).Status());

        // The quarter's cleanup wakes it, in the hours of its sixteenth; then it is purged.
        await host.PassToAsync(BeforeTheCleanup);
        await host.KillAsync();
        await host.DiesWithinAsync("before:start", TimeSpan.FromMinutes(10));
        await DieAtEachAsync(host, "before:WakeDue", "after:WakeDue");
        await host.DiesWithinAsync("before:wake", TimeSpan.FromHours(6));
        await DieAtEachAsync(
            host, "before:BeginPurge", "after:BeginPurge", "after:DeleteServiceExport", "before:EnterPurge",
            "after:EnterPurge", "before:PurgeDataSet", "after:PurgeDataSet", "before:FinishPurge", "after:FinishPurge",
            "before:ScheduleBackupsCheck", "after:ScheduleBackupsCheck");

        // The month of the backups.
        await host.DiesWithinAsync("before:CheckBackups", TimeSpan.FromDays(30));
        await DieAtEachAsync(
            host, "after:CheckBackups", "before:TellEmptied", "after:TellEmptied", "before:CloseTermination",
            "after:CloseTermination");
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("purged", view.Outcome());
        Assert.Equal(
            [
                "termination-requested", "confirmation-asked", "confirmed", "terminated", "gathered", "export-offered",
                "undo-over", "purge-begun", "export-deleted", "data-set-purged", "data-set-purged", "data-set-purged", "purged",
                "backups-empty", "closed",
            ],
            view.Facts());
        Assert.True(view.ChainIsIntact());
        foreach (var mail in new[]
        {
            TerminationMails.Confirm, TerminationMails.Ends, TerminationMails.Export, TerminationMails.Emptied,
        })
            Assert.Single(await host.Outbox.AllAsync(owner.Address, mail));
        Assert.Equal(0, await owner.ItemsAsync());
        Assert.Equal(Everything, await other.ItemsAsync());
        await LeavesNothingAsync(host, owner);
    }

    [LocalFact]
    [Clause("T-KEEP")]
    public async Task Undo_HostKilledAtEveryStep_KeepsTheAccountAndIsToldOnce()
    {
        await using var host = await LocalHostProcess.StartAsync(crashAt: "before:start", clock: Day, seeded: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];

        await host.DiesDuringAsync(() => owner.BeEndedAsync(Key));
        await host.DiesWithinAsync("before:DecideForCompany", UntilTakenUp);
        await host.DiesWithinAsync("after:DecideForCompany", Moment);
        await host.RunAsync();
        await host.PassAsync(Moment); // until the mails are noted as sent
        await host.KillAsync();

        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => owner.PressAsync(TerminationMails.Ends));
        await host.DiesWithinAsync("after:ReadTermination", UntilTakenUp);
        await DieAtEachAsync(
            host, "before:EndUndoWindow", "after:EndUndoWindow", "before:DeleteServiceExport", "after:DeleteServiceExport",
            "before:TellUndone", "after:TellUndone", "before:CloseTermination", "after:CloseTermination");
        await host.RunAsync();

        var view = await host.UntilAsync((await owner.BeEndedAsync(Key)).Reference, found => found.Status() == "closed");
        Assert.Equal("undone", view.Outcome());
        Assert.Equal(
            [
                "termination-requested", "terminated", "gathered", "export-offered", "termination-undone", "export-deleted",
                "closed",
            ],
            view.Facts());
        Assert.True(view.ChainIsIntact());
        foreach (var mail in new[] { TerminationMails.Ends, TerminationMails.Export, TerminationMails.GoesOn })
            Assert.Single(await host.Outbox.AllAsync(owner.Address, mail));
        Assert.Equal(Everything, await owner.ItemsAsync());
        await LeavesNothingAsync(host, owner);
    }

    [LocalFact]
    [Clause("L9")]
    public async Task NeverConfirmed_HostKilledAtEveryStep_IsToldOnceAndForgotten()
    {
        await using var host = await LocalHostProcess.StartAsync(clock: Day, seeded: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        var reference = await owner.AskAsync();
        await host.PassAsync(Moment); // until the mail is noted as sent
        await host.KillAsync();

        await host.DiesWithinAsync("before:GiveUpWaiting", TimeSpan.FromDays(15));
        await DieAtEachAsync(
            host, "after:GiveUpWaiting", "before:TellNotConfirmed", "after:TellNotConfirmed", "before:CloseTermination",
            "after:CloseTermination");
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["termination-requested", "confirmation-asked", "not-identified", "closed"], view.Facts());
        Assert.Single(await host.Outbox.AllAsync(owner.Address, TerminationMails.GoesOn));
        Assert.Equal(Everything, await owner.ItemsAsync());
        await LeavesNothingAsync(host, owner);
    }

    // Two contacts, a file and the account itself.
    private const int Everything = 4;

    private static async Task DieAtEachAsync(LocalHostProcess host, params string[] points)
    {
        foreach (var point in points) await host.DiesWithinAsync(point, Moment);
    }

    // The steps after the close are repeated until they are done: the mailbox, the account's claim and its due date.
    private static Task LeavesNothingAsync(ScenarioHost host, Owner owner) => host.UntilAsync(async () =>
    {
        await foreach (var (table, row) in RecordsLook.RowsAsync(host.Storage))
            if (table is "privacyDue" or "privacyAccounts" or "privacyContacts" or "privacyPending"
                || row.Contains(owner.Address, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    });
}
