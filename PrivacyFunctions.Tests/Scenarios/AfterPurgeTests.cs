using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What comes back after a purge: it is found, shown and purged again, and nothing is called gone before it is.</summary>
[Clause("T-ACTIVE")]
public class AfterPurgeTests
{
    private const string CameBack = "Data of an ended account came back";

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("T-BACKUP")]
    public async Task RowsWrittenAfterThePurge_ArePurgedAgainAndTheBackupsWaitedForAnew()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false);
        var owners = await SmallCompany.FoundAsync(host, 2);
        var (soon, late) = (owners[0], owners[1]);
        var ends = await Task.WhenAll(soon.BeEndedAsync(), late.BeEndedAsync());
        await host.PassToAsync(Midnight(ends[0].PurgeOn).AddHours(5)); // the cleanup's six hours are over, the first search is to come
        Assert.Equal((0, 0), (await soon.ItemsAsync(), await late.ItemsAsync()));

        // An application that was slow writes on the day of the purge; a copy is played back weeks later.
        await soon.WriteAsync("came-back");
        await host.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, await soon.ItemsAsync());
        Assert.Equal("awaitingBackups", (await host.CaseAsync(ends[0].Reference)).Status());
        await TellsAsync(host, ends[0].Reference);
        await host.PassToAsync(Midnight(ends[1].PurgeOn.AddDays(20)));
        await late.WriteAsync("came-back");

        await host.PassToAsync(Midnight(ends[0].PurgeOn.AddDays(40)));
        Assert.Equal(("closed", "purged"), await StandAsync(host, ends[0]));
        Assert.Equal(0, await late.ItemsAsync());
        Assert.Equal("awaitingBackups", (await host.CaseAsync(ends[1].Reference)).Status()); // its newest backups hold what came back
        await TellsAsync(host, ends[1].Reference);

        await host.PassToAsync(Midnight(ends[0].PurgeOn.AddDays(75)));
        Assert.Equal(("closed", "purged"), await StandAsync(host, ends[1]));
        Assert.Equal(1, await EmptiedAsync(host, soon));
        Assert.Equal(2, await EmptiedAsync(host, late)); // it was told too early once, and so again
        var facts = (await host.CaseAsync(ends[0].Reference)).Facts().ToList();
        Assert.Equal(
            ["purged", "leftovers-found", "data-set-purged", "purged", "nothing-came-back", "backups-empty", "nothing-came-back", "closed"],
            facts.Skip(facts.IndexOf("purged")).Where(fact => fact != "export-deleted"));

        // What came back has an entry of its own in the ledger, with its own count.
        var ledger = await LedgerAsync(host, ends[0].Reference, "service-contacts");
        Assert.Equal([null, "search-1"], ledger.Select(entry => entry.GetString("Plan")));
        Assert.All(ledger, entry => Assert.NotNull(entry.GetDateTimeOffset("CompletedAt")));
        Assert.True(ledger[0].GetInt64("Items") > 1);
        Assert.Equal(1, ledger[1].GetInt64("Items"));
    }

    private static async Task<List<TableEntity>> LedgerAsync(ScenarioHost host, string reference, string set) =>
        await new TableServiceClient(host.Storage).GetTableClient("privacyLedger")
            .QueryAsync<TableEntity>(row => row.PartitionKey == reference).Where(row => row.GetString("DataSet") == set)
            .ToListAsync();

    private static async Task TellsAsync(ScenarioHost host, string reference) =>
        Assert.Contains(
            "service-contacts", (await host.Outbox.ReceiveAsync(ErasureMails.Officer, CameBack, about: [reference])).Text!);

    private static async Task<(string Status, string? Outcome)> StandAsync(ScenarioHost host, TerminationAnswer ended)
    {
        var view = await host.CaseAsync(ended.Reference);
        return (view.Status(), view.Outcome());
    }

    private static async Task<int> EmptiedAsync(ScenarioHost host, Owner owner) =>
        (await host.Outbox.AllAsync(owner.Address, TerminationMails.Emptied)).Count;

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
