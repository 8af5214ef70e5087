using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An account's end without a time machine: legal time runs fast (Policy:Pace), and the timers are real.</summary>
[Clause("T-ACTIVE")]
public class TerminationPacedTests
{
    // At most 86 days of legal time to the purge: about a minute.
    private const int Pace = 120_000;

    [LocalFact]
    public async Task Termination_WhereLegalTimeRunsFast_GetsThroughItsUndoWindowToThePurge()
    {
        await using var host = await LocalHostProcess.StartAsync(pace: Pace, seeded: false);
        var owners = await SmallCompany.FoundAsync(host, 2);

        var ended = await owners[0].BeEndedAsync();
        var view = await host.UntilAsync(ended.Reference, found => found.Facts().Contains("purged"));

        Assert.Equal(
            [
                "termination-requested", "terminated", "gathered", "export-offered", "undo-over", "purge-begun", "export-deleted",
                "data-set-purged", "data-set-purged", "data-set-purged", "purged",
            ],
            view.Facts().Take(11));
        Assert.True(view.ChainIsIntact());
        Assert.Equal(0, await owners[0].ItemsAsync());
        Assert.NotEqual(0, await owners[1].ItemsAsync());
        var purgedAt = view.GetProperty("case").GetProperty("purgedAt").GetDateTimeOffset();
        Assert.InRange(DateOnly.FromDateTime(purgedAt.UtcDateTime), ended.PurgeOn.AddDays(-1), ended.Deadline);
    }
}
