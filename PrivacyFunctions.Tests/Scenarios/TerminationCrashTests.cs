using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;
using static PrivacyFunctions.Tests.Scenarios.Support.TerminationCrashes;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// A host that dies by SIGKILL before and after every step of an account's end loses nothing and does nothing twice that
/// counts. Each host begins on a day whose purge is a cleanup's. A wake that was delivered runs on at once, so what follows a
/// death at it begins with the next step's; the timer that takes up what was left delivers it once more. A class for each
/// way to its end: they run side by side.
/// </summary>
[Clause("T-ACTIVE")]
[Clause("T-BACKUP")]
public class TerminationCrashTests
{
    private static readonly DateTimeOffset BeforeTheCleanup = new(2026, 3, 31, 23, 55, 0, TimeSpan.Zero);

    [LocalFact]
    public async Task Termination_HostKilledAtEveryStep_EmptiesTheAccountOnceWithAnUnbrokenChain()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start", clock: Day, seeded: false);
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
            "before:PackagePart", "after:PackagePart", "before:OfferServiceData", "after:OfferServiceData");

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
            host, "before:BeginPurgeInTurn", "after:BeginPurgeInTurn", "after:DeleteServiceExport", "before:ListPurge",
            "after:ListPurge", "before:EnterDataSet", "after:EnterDataSet", "before:PurgeDataSet", "after:PurgeDataSet",
            "before:FinishPurge", "after:FinishPurge", "after:ReadPurgeEnd");

        // A day later it is searched again; then comes the month of the backups.
        await host.DiesWithinAsync("before:RescanAccount", TimeSpan.FromDays(2));
        await DieAtEachAsync(host, "after:RescanAccount", "before:ScheduleBackupsCheck", "after:ScheduleBackupsCheck");
        await host.DiesWithinAsync("before:CheckBackups", TimeSpan.FromDays(30));
        await DieAtEachAsync(host, "after:CheckBackups", "before:TellEmptied", "after:TellEmptied");
        await host.DiesWithinAsync("before:RescanAccount", TimeSpan.FromDays(8)); // the look into the backups may be hours before the 28 days
        await DieAtEachAsync(host, "after:RescanAccount", "before:CloseTermination", "after:CloseTermination");
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("purged", view.Outcome());
        Assert.Equal(
            [
                "termination-requested", "confirmation-asked", "confirmed", "terminated", "gathered", "export-offered",
                "undo-over", "purge-begun", .. Enumerable.Repeat("data-set-purged", 6), "purged",
                "nothing-came-back", "backups-empty", "nothing-came-back", "closed",
            ],
            view.Facts().Where(fact => fact != "export-deleted")); // which the hourly sweep may have done before
        Assert.Single(view.Facts(), "export-deleted");
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
}
