using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;
using Xunit.Abstractions;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// Very many accounts that end at one cleanup, on a host that is killed twice meanwhile. A twentieth of the promised 2,000 in
/// every run; <c>PF_SCALE=1 dotnet test --filter FullyQualifiedName~TerminationScale</c> runs the whole, and another number
/// that share of it.
/// </summary>
/// <remarks>
/// Measured on two shared cores: while 100, 200 and 400 accounts purge, the host's peak grows by 30, 26 and 27 MB, so it does
/// not follow their number. The 30 nights before a cleanup of 400, with 1,000 files, take a tenth of the storage's processor
/// time since chunks of unchanged files are taken from the night before. Entering 500 and 2,000 ends takes 0.09 and 0.10 seconds
/// for each, their purge 0.13 and 0.19: Azurite, of which one core is busy all the time, sorts what it finds.
/// </remarks>
public class TerminationScaleTests(ITestOutputHelper output)
{
    private const int AtATime = 8;
    private const int Contacts = 3;
    private const int Files = 2;

    private const int Promised = 2000;
    private const double Ordinary = 0.05;

    // Whatever their number: 50 KB kept for each of the promised ones would show.
    private const long MostGrowth = 96 * 1024 * 1024;

    private static readonly int Ended = (int)(Promised * Share);
    private static readonly DateOnly Began = new(2027, 3, 1);
    private static readonly DateOnly Cleanup = new(2027, 4, 1);

    private static double Share => Environment.GetEnvironmentVariable("PF_SCALE") is { Length: > 0 } share
        ? double.Parse(share, CultureInfo.InvariantCulture)
        : Ordinary;

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    [LocalFact]
    [Clause("T-ACTIVE")]
    [Clause("T-BACKUP")]
    [Clause("T-KEEP")]
    public async Task Cleanup_OfVeryManyAccountsKilledTwice_PurgesEachOnceInTimeAndInFlatMemory()
    {
        await using var host = await LocalHostProcess.StartAsync(clock: Began, seeded: false);
        var owners = await SmallCompany.FoundAsync(host, Ended * 5 / 4, Contacts, Files);
        var inUse = owners.Where((_, place) => place % 5 == 4).ToList(); // between those that end, in every order
        var before = await AccountsLook.ByAccountAsync(host.Storage);
        Say("founded");
        var entered = await EndAsync(host, [.. owners.Except(inUse)]);
        Assert.All(entered.Values, dates => Assert.Equal(Cleanup, dates.PurgeOn));
        Say("entered");

        await host.PassToAsync(Midnight(Cleanup).AddHours(-1)); // its day has begun in the legal time zone, the timer has not come
        Assert.Equal(0, await PurgedAsync(host));
        Say("before the cleanup");

        var passing = host.PassToAsync(Midnight(Cleanup).AddHours(6));
        await host.UntilAsync(async () => await PurgedAsync(host) > 0);
        await host.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => passing);
        Assert.InRange(await PurgedAsync(host), 1, Ended - 1);
        await host.DiesOnTheWayAsync("after:PurgeDataSet", () => host.PassToAsync(Midnight(Cleanup).AddHours(6)));
        var atRestart = await PurgedAsync(host);
        Assert.InRange(atRestart, 1, Ended - 1);
        Say($"killed twice, {atRestart} purged");

        await host.RunAsync();
        passing = host.PassToAsync(Midnight(Cleanup.AddDays(1)));
        await host.UntilAsync(async () => await PurgedAsync(host) >= atRestart + Ended / 10);
        var early = host.PeakMemory;
        await passing;
        var late = host.PeakMemory;
        Say($"purged, peak {early >> 20} MB then {late >> 20} MB");
        Assert.InRange(late - early, 0, MostGrowth);

        await AssertPurgedOnceAsync(host, entered);
        var after = await AccountsLook.ByAccountAsync(host.Storage);
        Assert.Equal(inUse.Select(owner => owner.Account).Order(), after.Select(account => account.Key).Order());
        Assert.All(inUse, owner => Assert.Equal(before[owner.Account], after[owner.Account]));
        Say("looked through");

        await host.PassToAsync(Midnight(Cleanup.AddDays(37)));
        Say("35 days later");
        Assert.All((await ChainsAsync(host)).Values, chain => Assert.Equal(TerminationStatus.Closed, chain.Case.Status));
        Assert.Equal(
            owners.Except(inUse).Select(owner => owner.Address).Order(),
            (await host.Outbox.AllAsync(null, TerminationMails.Emptied)).Select(mail => Assert.Single(mail.To).Email).Order());
    }

    // On two days, half on each.
    private static async Task<IReadOnlyDictionary<string, TerminationAnswer>> EndAsync(
        LocalHostProcess host, IReadOnlyList<Owner> owners)
    {
        var entered = new ConcurrentDictionary<string, TerminationAnswer>();
        foreach (var day in owners.Chunk((owners.Count + 1) / 2))
        {
            await Parallel.ForEachAsync(day, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (owner, _) =>
            {
                var answer = await owner.BeEndedAsync();
                entered[answer.Reference] = answer;
            });
            await host.PassAsync(TimeSpan.FromDays(1));
        }

        Assert.Equal(owners.Count, entered.Count);
        return entered;
    }

    // Its entry of the due index is the last thing that goes.
    private static async Task<int> PurgedAsync(LocalHostProcess host)
    {
        var due = 0;
        await foreach (var _ in new TableClient(host.Storage, "privacyDue").QueryAsync<TableEntity>(select: ["RowKey"])) due++;
        return Ended - due;
    }

    private static async Task AssertPurgedOnceAsync(LocalHostProcess host, IReadOnlyDictionary<string, TerminationAnswer> entered)
    {
        var chains = await ChainsAsync(host);
        Assert.Equal(entered.Keys.Order(), chains.Keys.Order());
        Assert.All(chains.Values, chain =>
        {
            Assert.Equal(TerminationStatus.AwaitingBackups, chain.Case.Status);
            Assert.Single(chain.Facts.OfType<TerminationFact.PurgeBegun>());
            Assert.Equal(
                [
                    ("customer-accounts", 1L), ("directory", 1), ("profile-photos", 0), ("profiles", 1),
                    ("service-contacts", Contacts), ("service-files", Files),
                ],
                chain.Facts.OfType<TerminationFact.DataSetPurged>().Select(purged => (purged.DataSet, purged.Items)).Order());
            var at = Assert.Single(chain.Facts.OfType<TerminationFact.Purged>()).At;
            Assert.InRange(at, Midnight(Cleanup), Midnight(chain.Case.Dates!.Deadline.AddDays(-7)));
            Assert.Empty(chain.Facts.OfType<CaseFact.AttentionNeeded>());
        });
        Assert.Equal(Ended, await PurgedAsync(host));

        var runs = new List<TableEntity>();
        await foreach (var run in new TableClient(host.Storage, "privacyRuns").QueryAsync<TableEntity>()) runs.Add(run);
        var cleanup = Assert.Single(runs, run => run.RowKey == $"cleanup-{Cleanup:yyyy-MM-dd}");
        Assert.Equal(Midnight(Cleanup), cleanup.GetDateTimeOffset("BegunAt"));
        Assert.NotNull(cleanup.GetDateTimeOffset("EndedAt"));
    }

    /// <summary>Every case with its audit chain, which is intact.</summary>
    private static async Task<Dictionary<string, Chain>> ChainsAsync(LocalHostProcess host)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in new TableClient(host.Storage, "privacyCases").QueryAsync<TableEntity>()) rows.Add(row);
        return rows.GroupBy(row => row.PartitionKey).ToDictionary(own => own.Key, own =>
        {
            var state = CaseRow.Read(own.Single(row => row.RowKey == CaseRow.RowKey), Kinds.Json);
            var audit = own.Where(row => row.RowKey.StartsWith(AuditRow.Prefix, StringComparison.Ordinal))
                .Select(row => AuditRow.Read(row, Kinds.Json))
                .OrderBy(row => row.Sequence).ToList();
            Assert.True(AuditChain.Verify([.. audit.Select(row => row.Chained())], state.Sequence, state.Head).Intact);
            return new Chain((Termination)state.Case, [.. audit.Select(row => row.Entry.Fact)]);
        });
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private void Say(string what) => output.WriteLine($"{_watch.Elapsed.TotalSeconds,7:F1} s {what}");

    private sealed record Chain(Termination Case, IReadOnlyList<CaseFact> Facts);
}
