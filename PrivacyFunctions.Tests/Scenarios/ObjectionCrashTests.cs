using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An objection whose host dies at each step: it is honoured, told once, and nothing of the person stays with the case.</summary>
[Clause("R-OBJECT")]
public class ObjectionCrashTests
{
    [LocalFact]
    public async Task Objection_HostKilledAtEveryStep_IsHonouredAndToldOnce()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start", nights: false);
        var (reader, newsletter) = (DataSubject.Stranger(host), SentNewsletters.FreshName());
        await host.SubscribeAsync(reader.Address, newsletter);
        const string Key = "the submission that the browser repeats";

        await host.DiesDuringAsync(() => reader.AskAsync(Key, "objection"));
        await host.RunAsync(crashAt: "after:AdmitRequest");
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromMinutes(2)));
        foreach (var point in new[] { "before:StopMarketing", "after:StopMarketing", "after:TellMarketingStopped", "after:CloseCase" })
            await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        var reference = await reader.AskAsync(Key, "objection"); // repeated, it is the same case
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["received", "marketing-stopped", "closed"], view.Facts());
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(reader.Address));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, reader.Address));
        var counts = await host.CountsAsync(await host.OrderAsync(newsletter, "News"));
        Assert.Equal((0, 1), (counts.Sent, counts.Skipped));
    }
}
