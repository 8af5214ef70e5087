using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>A part of the sweep on real tables of the test's own, where a crash or somebody else comes in between.</summary>
[Clause("K-SCHEDULE")]
public class SweepPartTests
{
    private const int Past = 150;
    private const int Young = 70;
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UtcNow.AddYears(-3);

    private readonly string _suffix = Guid.NewGuid().ToString("N");
    private readonly SweepStep _step = new(new(2100 + Random.Shared.Next(6900), 3, 2), "usage-log"); // no other test's report
    private TableClient _usage = null!;
    private RecordStorage _storage = null!;
    private SweepReports _reports = null!;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(100)]
    public async Task RunAsync_CrashAmongTheDeletionsOfAPage_IsDoneToTheEndAndCountsEachRecordOnce(int deletions)
    {
        var source = await FillAsync();
        source.Before = () => --deletions < 0 && !source.HasFailed ? source.Fail() : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(source));
        var between = await _reports.FindAsync(_step.Day, _step.DataSet, CancellationToken.None);
        Assert.Null(between!.EndedAt);

        Assert.False((await RunAsync(source)).IsMore);

        await AssertSweptAsync(new(Looked: Past + Young, Gone: Past, NotYet: Young));
        Assert.False((await RunAsync(source)).IsMore); // said again, it does nothing
        await AssertSweptAsync(new(Looked: Past + Young, Gone: Past, NotYet: Young));
    }

    [Fact]
    public async Task RunAsync_RecordThatSomebodyChangesAfterItWasRead_Stays()
    {
        var source = await FillAsync();
        var renewed = new TableEntity("p-1", "00000") { ["At"] = DateTimeOffset.UtcNow };
        var isFirst = 1;
        source.Before = () => Interlocked.Exchange(ref isFirst, 0) == 1
            ? _usage.UpsertEntityAsync(renewed, TableUpdateMode.Replace) : Task.CompletedTask;
        source.FirstOnly = "00000";

        await RunAsync(source);

        await AssertSweptAsync(new(Looked: Past + Young, Gone: Past - 1, NotYet: Young, Changed: 1), left: Young + 1);
        Assert.True((await _usage.GetEntityIfExistsAsync<TableEntity>("p-1", "00000")).HasValue);
    }

    private async Task AssertSweptAsync(SweepCounts counts, int left = Young)
    {
        var report = await _reports.FindAsync(_step.Day, _step.DataSet, CancellationToken.None);
        Assert.Equal((counts, true, null), (report!.Counts, report.EndedAt is not null, report.Place));
        Assert.Equal(left, await _usage.QueryAsync<TableEntity>().CountAsync());
    }

    private async Task<Stumbling> FillAsync()
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        _usage = new(connection, $"usage{_suffix}");
        await _usage.CreateAsync();
        await new TableClient(connection, $"directory{_suffix}").CreateAsync();
        foreach (var some in Enumerable.Range(0, Past + Young).Chunk(100))
            await _usage.SubmitTransactionAsync(some.Select(number => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity("p-1", $"{number:D5}")
                {
                    ["At"] = number % 3 == 2 && number / 3 < Young ? DateTimeOffset.MaxValue.AddYears(-1) : LongAgo,
                })));
        _storage = new(new TableServiceClient(connection), new BlobServiceClient(connection));
        _reports = new(_storage, new EphemeralDataProtectionProvider());
        return new(new TableDates(Company(connection)), connection);
    }

    private async Task<SweptPart> RunAsync(Stumbling source)
    {
        var json = MapFile.Parse();
        foreach (var (set, table) in new[] { ("usage-log", "usage"), ("directory", "directory") })
            json.Set(set)["store"]!["name"] = table + _suffix;
        var map = DataMapRegister.Load(json.ToJsonString());
        var (sets, time, people) = (new SweptSets(map), LegalTimes.In("Europe/Dublin"), new People(
            _storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }), TimeProvider.System));
        var locator = new SubjectLocator(map, new PersonalDataSources([new TableDataSource(Company(source.Connection))]));
        var (holds, cases) = (new Holds(_storage, people, TimeProvider.System), new CaseStore(_storage, new(_storage, TimeProvider.System), new(_storage, TimeProvider.System), TimeProvider.System));
        var pages = new PageSweep(sets, () => new(
            locator, holds, new PersonProtections(holds, people, cases), cases, new(_storage, cases, new(_storage, TimeProvider.System), map, time)));
        return await new SweepPart(sets, pages, [source], _reports, time).RunAsync(_step, CancellationToken.None);
    }

    private static CompanyStorage Company(string connection) => new(new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("Records:Storage", (string?)connection)]).Build());

    /// <summary>A source before whose deletions something happens.</summary>
    private sealed class Stumbling(IDatedSource source, string connection) : IDatedSource
    {
        public string Connection => connection;

        public Func<Task> Before { get; set; } = () => Task.CompletedTask;

        /// <summary>Only before the deletion of that row.</summary>
        public string? FirstOnly { get; set; }

        public bool HasFailed { get; private set; }

        public Task Fail()
        {
            HasFailed = true;
            throw new InvalidOperationException("The host dies, as the test wants.");
        }

        public bool Reaches(DataSet set) => source.Reaches(set);

        public Task<DatedPage> PageAsync(DataSet set, IReadOnlyList<string> columns, string? place, CancellationToken cancellation) =>
            source.PageAsync(set, columns, place, cancellation);

        public async Task<SweptItem> EraseAsync(DataSet set, DatedItem item, CancellationToken cancellation)
        {
            if (FirstOnly is null || item.Key.Row.RowKey == FirstOnly) await Before();
            return await source.EraseAsync(set, item, cancellation);
        }

        public Task<SweptItem> AnonymiseAsync(DataSet set, DatedItem item, byte[] salt, CancellationToken cancellation) =>
            source.AnonymiseAsync(set, item, salt, cancellation);
    }
}
