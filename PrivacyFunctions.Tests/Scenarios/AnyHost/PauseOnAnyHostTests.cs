using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>An operator stops a workflow on whatever host, and lets it go on.</summary>
[Clause("T-ACTIVE")]
public class PauseOnAnyHostTests
{
    [Fact]
    public async Task Termination_PausedWhileAnotherIsPurged_DestroysNothingUntilItGoesOn()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var owners = await SmallCompany.JoinAsync(host, 2);
        var (owner, other) = (owners[0], owners[1]);
        var ended = await owner.BeEndedAsync();
        await host.UntilAsync(ended.Reference, found => found.Facts().Contains("export-offered")); // it has begun
        await host.OperateAsync($"cases/{ended.Reference}/pause", new { });
        await host.OperateAsync($"cases/{ended.Reference}/pause", new { });
        var before = await host.CaseAsync(ended.Reference);
        Assert.Equal(["paused by an operator"], before.Attention());

        // The other one's purge comes no earlier than the paused one's would.
        var reached = await other.BeEndedAsync();
        Assert.True(reached.PurgeOn >= ended.PurgeOn);
        await host.UntilAsync(reached.Reference, found => found.Facts().Contains("purged"));
        Assert.Equal(0, await other.ItemsAsync());
        var paused = await host.CaseAsync(ended.Reference);
        Assert.Equal(before.Facts(), paused.Facts().Where(fact => fact != "export-deleted")); // for which no package waits
        Assert.Equal(4, await owner.ItemsAsync());

        await host.OperateAsync($"cases/{ended.Reference}/resume", new { });
        var view = await host.UntilAsync(ended.Reference, found => found.Facts().Contains("purged"));
        // That it goes on is noted when it is seen, and where legal time runs fast the purge may have begun by then.
        var facts = view.Facts();
        Assert.Equal(1, facts.Count(fact => fact == "attention-over"));
        Assert.Equal(
            ["attention-needed", "purge-begun", "purged"],
            facts.Where(fact => fact is "attention-needed" or "purge-begun" or "purged"));
        Assert.Equal(0, await owner.ItemsAsync());
        Assert.True(view.ChainIsIntact());
    }
}
