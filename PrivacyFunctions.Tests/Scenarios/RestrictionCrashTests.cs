using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A restriction whose host dies at each step: it counts, its person is told each thing once, and it is lifted on its day.</summary>
[Clause("R-RESTRICT")]
public class RestrictionCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Restriction_HostKilledAtEveryStep_CountsAndIsLiftedOnce()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:wake", nights: false);
        var (reader, newsletter) = (DataSubject.Stranger(host), SentNewsletters.FreshName());
        await host.SubscribeAsync(reader.Address, newsletter);

        var reference = await reader.AskAsync(right: "restriction", ground: "objection");
        await host.DiesDuringAsync(() => reader.ConfirmAsync());
        await host.RunAsync(crashAt: "after:RestrictUse");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunUntilItDiesAsync("after:TellRestricted");
        await host.RunAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");
        var counts = await host.CountsAsync(await host.OrderAsync(newsletter, "Not now"));
        Assert.Equal((0, 1), (counts.Sent, counts.Skipped));
        await host.KillAsync();

        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => host.OperateAsync($"cases/{reference}/lifting", new { reason = "lawful" }));
        await host.RunAsync(crashAt: "after:AnnounceLifting");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunAsync(crashAt: "after:LiftRestriction");
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromDays(9)));
        await host.RunUntilItDiesAsync("after:CloseCase");
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(
            ["received", "confirmation-asked", "confirmed", "restricted", "lifting-decided", "lifting-announced", "restriction-lifted", "closed"],
            view.Steps());
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(reader.Address, Mails.Restricted));
        Assert.Single(await host.Outbox.AllAsync(reader.Address, Mails.LiftsRestriction));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, reader.Address));
        counts = await host.CountsAsync(await host.OrderAsync(newsletter, "Again"));
        Assert.Equal((1, 0), (counts.Sent, counts.Skipped));
    }
}
