using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An objection to a use whose host dies at each step: the use rests, and its person is told each thing once.</summary>
[Clause("R-OBJECT")]
public class UseCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Objection_HostKilledAtEveryStep_IsToldAndUpheldOnce()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:wake", nights: false);
        var person = DataSubject.Stranger(host);
        var reference = await StoppedAsync(host, person);
        await host.KillAsync();

        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => host.WeighAsync(reference, "upheld", "You are right."));
        await host.RunAsync(crashAt: "before:TellUseUpheld");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[] { "after:TellUseUpheld", "after:CloseCase" }) await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(
            ["received", "confirmation-asked", "confirmed", "use-stopped", "use-weighed", "use-upheld-told", "closed"], view.Steps());
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(person.Address, Objecting.Stopped));
        Assert.Contains("You are right.", Assert.Single(await host.Outbox.AllAsync(person.Address, Objecting.Upheld)).Text);
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Objecting.Waits));
        Assert.Equal(Objecting.Each("Objection"), await host.HoldsOfAsync(reference));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }

    [LocalFact]
    [Clause("R-RESTRICT")]
    public async Task Objection_HostKilledWhileItIsLifted_IsLiftedOnceOnItsDay()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:wake", nights: false);
        var person = DataSubject.Stranger(host);
        var reference = await StoppedAsync(host, person);
        await host.KillAsync();

        await host.RunAsync(crashAt: "after:AnnounceLifting");
        await host.DiesDuringAsync(async () =>
        {
            await host.WeighAsync(reference, "overridden");
            await host.PassAsync(UntilTakenUp);
        });
        await host.RunAsync(crashAt: "after:LiftRestriction");
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromDays(9)));
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(
            ["received", "confirmation-asked", "confirmed", "use-stopped", "use-weighed", "lifting-announced", "restriction-lifted", "closed"],
            view.Steps());
        Assert.Single(await host.Outbox.AllAsync(person.Address, Objecting.Overridden));
        Assert.Equal(Objecting.Each("released"), await host.HoldsOfAsync(reference));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }

    // Killed at each step until the use is stopped and its person told.
    private static async Task<string> StoppedAsync(MortalHost host, DataSubject person)
    {
        var reference = await person.AskAsync(right: Objecting.Right, text: Objecting.Reasons);
        await host.DiesDuringAsync(() => person.ConfirmAsync(Objecting.Asks));
        await host.RunAsync(crashAt: "before:StopUse");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[] { "after:StopUse", "after:TellUseStopped" }) await host.RunUntilItDiesAsync(point);
        await host.RunAsync();
        await host.UntilItWaitsAsync(reference);
        Assert.Equal(Objecting.Each("Restriction"), await host.HoldsOfAsync(reference));
        return reference;
    }
}
