using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>A hold on an account that ends, on whatever host.</summary>
[Clause("T-ACTIVE")]
public class HoldOnAnyHostTests
{
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Purge_OfWhatAHoldCovers_WaitsForItsReleaseWhileTheRestGoes()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var ended = await owner.BeEndedAsync();
        await host.OperateAsync("holds", new
        {
            account = owner.Account, id = "h-1", kind = "legal", dataSet = "service-files", ground = "A claim is pending.",
            owner = "legal-team", reviewOn = "2100-01-31",
        });

        // People are told before the deadline, which a hold does not move.
        var held = await host.UntilAsync(ended.Reference, found => found.Facts().Contains("purge-escalated"));
        Assert.Contains("data-set-held", held.Facts());
        Assert.DoesNotContain("purged", held.Facts());
        Assert.Equal(1, await owner.ItemsAsync());

        await host.OperateAsync("holds/release", new { account = owner.Account, id = "h-1" });
        var view = await host.UntilAsync(ended.Reference, found => found.Facts().Contains("purged"));
        Assert.Equal(0, await owner.ItemsAsync());
        Assert.True(view.ChainIsIntact());
    }
}
