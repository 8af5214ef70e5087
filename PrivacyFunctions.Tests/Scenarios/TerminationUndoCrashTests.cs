using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;
using static PrivacyFunctions.Tests.Scenarios.Support.TerminationCrashes;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An account whose end is undone while its host dies; see <see cref="TerminationCrashTests"/>.</summary>
[Clause("T-ACTIVE")]
[Clause("T-BACKUP")]
public class TerminationUndoCrashTests
{
    [LocalFact]
    [Clause("T-KEEP")]
    public async Task Undo_HostKilledAtEveryStep_KeepsTheAccountAndIsToldOnce()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start", clock: Day, seeded: false, nights: false);
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

        var (status, reference) = await owner.TryBeEndedAsync(Key);
        Assert.Equal(HttpStatusCode.Conflict, status); // it was undone
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
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
}
