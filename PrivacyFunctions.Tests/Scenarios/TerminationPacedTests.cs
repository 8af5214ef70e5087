using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An account's end without a time machine: legal time runs fast (Policy:Pace), and the timers are real.</summary>
[Clause("T-ACTIVE")]
public class TerminationPacedTests
{
    [Fact]
    public async Task Termination_WhereLegalTimeRunsFast_GetsThroughItsUndoWindowToThePurge()
    {
        await using var host = await ScenarioHost.PacedAsync();
        var owners = await SmallCompany.JoinAsync(host, 2);

        var ended = await owners[0].BeEndedAsync();
        var view = await host.UntilAsync(ended.Reference, found => found.Facts().Contains("purged"));

        Assert.Equal(
            [
                "termination-requested", "terminated", "undo-over", "purge-begun",
                .. Enumerable.Repeat("data-set-purged", 6), "purged",
            ],
            view.Facts().Where(fact => fact is not ("gathered" or "export-offered" or "export-deleted")).Take(11)); // those are made beside it
        Assert.True(view.ChainIsIntact());
        Assert.Equal(0, await owners[0].ItemsAsync());
        Assert.NotEqual(0, await owners[1].ItemsAsync());
        var purgedAt = view.GetProperty("case").GetProperty("purgedAt").GetDateTimeOffset();
        Assert.True(DateOnly.FromDateTime(purgedAt.UtcDateTime) >= ended.PurgeOn.AddDays(-1)); // the legal day begins before UTC's
    }
}
