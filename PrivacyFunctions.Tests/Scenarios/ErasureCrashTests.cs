using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An erasure whose host dies by SIGKILL between any two steps ends like any other.</summary>
[Clause("R-ERASE")]
public class ErasureCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Erasure_HostKilledAtEveryStep_ErasesOnceWithAnUnbrokenChain()
    {
        await using var host = await MortalHost.StartAsync();
        var person = new DataSubject(host, SamplePeople.VeryActive); // its 5,000 entries take three calls
        var reference = await person.AskAsync(right: "erasure");
        await person.LinkAsync(Mails.Confirm);

        await host.KillAsync();
        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => person.ConfirmAsync());
        await host.RunAsync(crashAt: "after:CaptureIdentifiers");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[] { "after:EndUndoWindows", "before:PlanErasure", "after:PlanErasure", "after:AnnouncePlan" })
            await host.RunUntilItDiesAsync(point);

        await host.RunAsync(crashAt: "after:BeginErasure");
        await host.DiesDuringAsync(async () =>
        {
            await host.ApproveWaitingPlanAsync(reference);
            await host.UntilAsync(reference, found => found.Status() == "closed");
        });
        foreach (var point in new[]
        {
            "before:EraseDataSet", "after:EraseDataSet", "after:RescanData", "after:TellErased", "after:ForgetIdentifiers",
            "after:CloseCase",
        })
            await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("erased", view.Outcome());
        Assert.True(view.ChainIsIntact());
        foreach (var once in new[] { "identifiers-captured", "plan-made", "plan-approved", "erasure-begun", "rescanned", "closed" })
            Assert.Single(view.Facts(), once);
        Assert.Equal(0, await host.RowsAsync("companyUsage", SamplePeople.ByAddress(person.Address).Id));
        Assert.Single(await host.Outbox.AllAsync(person.Address, ErasureMails.Done));
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.PlanWaits));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }
}
