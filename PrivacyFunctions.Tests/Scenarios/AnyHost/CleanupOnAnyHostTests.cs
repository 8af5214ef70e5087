using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>The quarterly cleanup, fired by an operator on whatever host, on any day.</summary>
[Clause("T-ACTIVE")]
[Clause("L8")]
public class CleanupOnAnyHostTests
{
    [Fact]
    public async Task Cleanup_FiredManyTimesAtOnce_IsOneRunThatEndsAndTouchesNothingThatIsNotDue()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var ended = await owner.BeEndedAsync();

        await FireAtOnceAsync(host);
        await host.UntilAsync(async () => await RunsAsync(host) is [.., var newest] && newest.ContainsKey("EndedAt"));

        // On any day it wakes for the quarter's own date, on which this account was in use. Counted first: what begins in
        // between, where legal time runs fast, does not make it too few.
        var items = await owner.ItemsAsync();
        if (!(await host.CaseAsync(ended.Reference)).Facts().Contains("purge-begun")) Assert.Equal(4, items);

        // A finished one is not started over, however often it is fired.
        var over = (await RunsAsync(host)).Last(run => run.ContainsKey("EndedAt"));
        await FireAtOnceAsync(host);
        var runs = await RunsAsync(host);
        Assert.Equal(runs.Select(run => run.RowKey).Distinct(), runs.Select(run => run.RowKey));
        Assert.Equal(over.ETag, runs.Single(run => run.RowKey == over.RowKey).ETag);
        Assert.True(over.GetDateTimeOffset("BegunAt") <= over.GetDateTimeOffset("EndedAt"));
        Assert.Matches(@"^cleanup-\d{4}-(01|04|07|10)-01$", over.RowKey);
    }

    private static Task FireAtOnceAsync(ScenarioHost host) =>
        Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.FireAsync("StartCleanup")));

    // By their dates.
    private static async Task<IReadOnlyList<TableEntity>> RunsAsync(ScenarioHost host)
    {
        var table = new TableServiceClient(host.Storage).GetTableClient("privacyRuns");
        await table.CreateIfNotExistsAsync();
        return await table.QueryAsync<TableEntity>(run => run.PartitionKey == "run")
            .Where(run => run.RowKey.StartsWith("cleanup-", StringComparison.Ordinal))
            .OrderBy(run => run.RowKey, StringComparer.Ordinal).ToListAsync();
    }
}
