using Azure.Data.Tables;
using Microsoft.Data.Sqlite;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// The quarterly cleanup, fired by an operator on any day, many times, and while the terminations' own timers fire: one run
/// for each date, nothing before its instant, and one purge of each account.
/// </summary>
[Clause("T-ACTIVE")]
[Clause("L8")]
public class CleanupTests
{
    private const string Run = "cleanup-2026-04-01";

    // The purge may begin at midnight in Berlin; the terminations' own timers are half a day later.
    private static readonly DateTimeOffset PurgeFrom = new(2026, 3, 31, 22, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset OwnTimers = PurgeFrom.AddHours(12);

    [LocalFact("moves its clock", typeof(CleanupOnAnyHostTests))]
    public async Task Cleanup_FiredManyTimesWhileTheOwnTimersFire_IsOneRunAndPurgesEachAccountOnce()
    {
        await using var host = await LocalHostHere.StartAsync(clock: new(2026, 2, 10), seeded: false, nights: false);
        var owners = await SmallCompany.FoundAsync(host, 7);
        var (ending, other) = (owners.SkipLast(1).ToList(), owners[^1]);
        var references = new List<string>();
        foreach (var owner in ending) references.Add((await owner.BeEndedAsync()).Reference);

        // On any other day it wakes for its own date, before which nothing was due.
        await FireAtOnceAsync(host, 1);
        await AllStandAsync(host, references, "undoable");
        await host.PassToAsync(PurgeFrom.AddSeconds(-30));
        await FireAtOnceAsync(host, 2);
        await AllStandAsync(host, references, "awaitingPurge");
        Assert.All(await ItemsAsync(ending), items => Assert.Equal(4, items));

        // The schedule's own start is kept away, as a host that is down would keep it, until the timers are due themselves.
        var runs = new TableServiceClient(host.Storage).GetTableClient("privacyRuns");
        await runs.AddEntityAsync(new TableEntity("run", Run) { ["EndedAt"] = DateTimeOffset.UtcNow });
        await host.PassToAsync(OwnTimers.AddSeconds(-30));
        await AllStandAsync(host, references, "awaitingPurge");
        await runs.DeleteEntityAsync("run", Run);
        await Task.WhenAll(FireAtOnceAsync(host, 5), host.PassAsync(TimeSpan.FromSeconds(31)));
        await host.PassAsync(TimeSpan.FromMinutes(1));

        await AllStandAsync(host, references, "awaitingBackups");
        foreach (var reference in references)
        {
            var view = await host.CaseAsync(reference);
            Assert.Equal(
                ["purge-begun", .. Enumerable.Repeat("data-set-purged", 6), "purged"],
                view.Facts().SkipWhile(fact => fact != "purge-begun").Where(fact => fact != "export-deleted"));
            Assert.Single(view.Facts(), "export-deleted");
            Assert.True(view.ChainIsIntact());
        }

        Assert.All(await ItemsAsync(ending), items => Assert.Equal(0, items));
        Assert.Equal(4, await other.ItemsAsync());

        // A finished one is not started over, however often it is fired.
        await host.UntilAsync(async () => (await runs.GetEntityAsync<TableEntity>("run", Run)).Value.ContainsKey("EndedAt"));
        var (row, execution) = (await runs.GetEntityAsync<TableEntity>("run", Run), Execution(host));
        await FireAtOnceAsync(host, 5);
        Assert.Equal(row.Value.ETag, (await runs.GetEntityAsync<TableEntity>("run", Run)).Value.ETag);
        Assert.Equal(execution, Execution(host));
    }

    private static async Task FireAtOnceAsync(OwnClockHost host, int times)
    {
        await Task.WhenAll(Enumerable.Range(0, times).Select(_ => host.FireAsync("StartCleanup")));
        await host.PassAsync(TimeSpan.FromSeconds(1)); // which waits for all that is under way
    }

    private static async Task AllStandAsync(ScenarioHost host, IEnumerable<string> references, string status)
    {
        foreach (var reference in references) Assert.Equal(status, (await host.CaseAsync(reference)).Status());
    }

    private static Task<int[]> ItemsAsync(IEnumerable<Owner> owners) => Task.WhenAll(owners.Select(owner => owner.ItemsAsync()));

    // Which execution of the run the engine knows; another one would have another id.
    private static string Execution(OwnClockHost host)
    {
        var database = Path.Combine(host.Folder, "engine.db");
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT executionId FROM Instances WHERE id = $id";
        query.Parameters.AddWithValue("$id", Run);
        return (string)query.ExecuteScalar()!;
    }
}
