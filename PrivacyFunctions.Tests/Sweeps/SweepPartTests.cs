using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
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
    private static readonly DateTimeOffset InCenturies = DateTimeOffset.MaxValue.AddYears(-1);

    private readonly SweepStep _step = new(new(2100 + Random.Shared.Next(6900), 3, 2), "usage-log");
    private TableClient _usage = null!;
    private SweptStore _store = null!;

    [Theory]
    [InlineData(Past, Young, 0)]
    [InlineData(Past, Young, 1)]
    [InlineData(Past, Young, 40)]
    [InlineData(Past, Young, 100)]
    [InlineData(60, 30, 0)]
    [InlineData(60, 30, 40)]
    public async Task RunAsync_CrashAmongTheDeletionsOfAPage_IsDoneToTheEndAndCountsEachRecordOnce(int past, int young, int deletions)
    {
        var source = await FillAsync(past, young);
        source.Before = () => --deletions < 0 && !source.HasFailed ? source.Fail() : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(source));
        var between = await _store.Reports.FindAsync(_step.Day, _step.DataSet, CancellationToken.None);
        Assert.Null(between!.EndedAt);

        Assert.False((await RunAsync(source)).IsMore);

        await AssertSweptAsync(new(Looked: past + young, Gone: past, NotYet: young), left: young);
        Assert.False((await RunAsync(source)).IsMore); // said again, it does nothing
        await AssertSweptAsync(new(Looked: past + young, Gone: past, NotYet: young), left: young);
    }

    /// <summary>What a hold keeps after a crash was not destroyed before it, and is counted once.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task RunAsync_HoldThatComesAfterACrashAmongTheDeletions_IsCountedAsKept()
    {
        var source = await FillAsync(past: 60, young: 0);
        var deletions = 20;
        source.Before = () => --deletions < 0 && !source.HasFailed ? source.Fail() : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(source));
        var one = EmailAddress.Parse("one@example.com");
        await _store.KnowAsync(one, "p-1");
        var hold = new Hold("h-1", HoldKind.Legal, DataSet: null, "A claim.", "legal", new(2100, 1, 31));
        await _store.Holds.PlaceAsync(one, hold, "op-1", CancellationToken.None);

        Assert.False((await RunAsync(source)).IsMore);

        var left = await _usage.QueryAsync<TableEntity>().CountAsync();
        await AssertSweptAsync(new(Looked: 60, Gone: 60 - left, Kept: left), left);
    }

    [Fact]
    public async Task RunAsync_ManyRecordsOfWhichFewArePast_AreReadInLargePages()
    {
        var source = await FillAsync(past: 2, young: 0);
        foreach (var some in Enumerable.Range(0, 1_100).Chunk(100))
            await _usage.SubmitTransactionAsync(some.Select(number => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity("p-2", $"{number:D5}") { ["At"] = InCenturies })));

        Assert.False((await RunAsync(source)).IsMore);

        await AssertSweptAsync(new(Looked: 1_102, Gone: 2, NotYet: 1_100), left: 1_100);
        Assert.Equal([1000, 90, 1000], source.Pages); // a small one after one of which something was past
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

    [Fact]
    public async Task RunAsync_RecordThatCannotBeDestroyed_IsCountedAndShownAndToldOnceAndHoldsUpNoOther()
    {
        var source = await FillAsync();
        (source.FirstOnly, source.Before) = ("00000", () => throw new RequestFailedException(409, "It is leased.", "LeaseAlreadyPresent", null));

        Assert.False((await RunAsync(source)).IsMore);
        await AssertSweptAsync(new(Looked: Past + Young, Gone: Past - 1, NotYet: Young, Failed: 1), left: Young + 1);
        Assert.False((await RunAsync(source, day: 1)).IsMore);

        var next = await _store.Reports.FindAsync(_step.Day.AddDays(1), _step.DataSet, CancellationToken.None);
        Assert.Equal((nameof(SweepPart), _step.Day, 1L), (next!.Attention, next.BrokenSince, next.Counts.Failed));
        Assert.Single(_store.Mailer.Mails);

        source.Before = () => Task.CompletedTask;
        await RunAsync(source, day: 2);
        var last = await _store.Reports.FindAsync(_step.Day.AddDays(2), _step.DataSet, CancellationToken.None);
        Assert.Equal((null, null, 1L), (last!.Attention, last.BrokenSince, last.Counts.Gone));
    }

    [Fact]
    public async Task RunAsync_StoreThatIsAway_FailsWithItsPage()
    {
        var source = await FillAsync();
        source.Before = () => throw new RequestFailedException(404, "It is away.", "TableNotFound", null);

        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(source));

        Assert.Null((await _store.Reports.FindAsync(_step.Day, _step.DataSet, CancellationToken.None))!.EndedAt);
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task RunAsync_PersonWhoseHoldCannotBeRead_KeepsTheirRecordsAndHoldsUpNobodyElse()
    {
        var source = await FillAsync(past: 2, young: 0);
        var (one, other) = (EmailAddress.Parse("one@example.com"), EmailAddress.Parse("other@example.com"));
        await _store.KnowAsync(one, "p-1");
        await _store.KnowAsync(other, "p-2");
        await _usage.AddEntityAsync(new TableEntity("p-2", "old") { ["At"] = LongAgo });
        await (await _store.Storage.TableAsync("privacyHolds")).AddEntityAsync(
            new TableEntity($"person-{_store.People.KeyOf(one).Value}", "h-1") { ["Kind"] = "Damaged" });

        Assert.False((await RunAsync(source)).IsMore);

        await AssertSweptAsync(new(Looked: 3, Gone: 1, Failed: 2), left: 2);
        Assert.Single(_store.Mailer.Mails);
    }

    /// <summary>Else a page would take as long as the directory is large, once for each of its people.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task RunAsync_PageOfManyPeopleWhileOneIsHeld_LooksThroughTheDirectoryOnce()
    {
        var source = await FillAsync(past: 0, young: 0);
        foreach (var number in Enumerable.Range(1, 60))
        {
            await _store.KnowAsync(EmailAddress.Parse($"one{number}@example.com"), $"p-{number}");
            await _usage.AddEntityAsync(new TableEntity($"p-{number}", "old") { ["At"] = LongAgo });
        }

        var hold = new Hold("h-1", HoldKind.Legal, DataSet: null, "A claim.", "legal", new(2100, 1, 31));
        await _store.Holds.PlaceAsync(EmailAddress.Parse("one7@example.com"), hold, "op-1", CancellationToken.None);

        Assert.False((await RunAsync(source)).IsMore);

        await AssertSweptAsync(new(Looked: 60, Gone: 59, Kept: 1), left: 1);
        Assert.Equal(1, _store.Watched.Scans);
    }

    /// <summary>A record's files may be many, so that a page takes minutes.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task RunAsync_HoldThatComesWhileFilesAreDestroyed_StopsTheNextOnes()
    {
        _store = await SweptStore.OpenAsync();
        await _store.Container.CreateAsync();
        var people = Enumerable.Range(1, 20).Select(number => EmailAddress.Parse($"one{number}@example.com"))
            .OrderBy(KeyPath.Encode, StringComparer.Ordinal).ToList();
        foreach (var person in people)
            await _store.Container.UploadBlobAsync(
                $"{KeyPath.Encode(person)}/T-1/conversation.json", BinaryData.FromObjectAsJson(new { ClosedAt = LongAgo.AddYears(-3) }));
        var (source, isFirst) = (new Stumbling(new BlobDates(_store.Company)), 1);
        var hold = new Hold("h-1", HoldKind.Legal, DataSet: null, "A claim.", "legal", new(2100, 1, 31));
        source.Before = async () =>
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 1) await _store.Holds.PlaceAsync(people[^1], hold, "op-1", CancellationToken.None);
        };

        var step = _step with { DataSet = SweptStore.Files };
        Assert.False((await _store.Part(source).RunAsync(step, CancellationToken.None)).IsMore);

        var report = await _store.Reports.FindAsync(step.Day, step.DataSet, CancellationToken.None);
        Assert.Equal(new(Looked: 20, Gone: 19, Kept: 1), report!.Counts);
        var left = await _store.Container.GetBlobsAsync().SingleAsync();
        Assert.StartsWith(KeyPath.Encode(people[^1]), left.Name, StringComparison.Ordinal);
    }

    private async Task AssertSweptAsync(SweepCounts counts, int left = Young)
    {
        var report = await _store.Reports.FindAsync(_step.Day, _step.DataSet, CancellationToken.None);
        Assert.Equal((counts, true, null), (report!.Counts, report.EndedAt is not null, report.Place));
        Assert.Equal(left, await _usage.QueryAsync<TableEntity>().CountAsync());
    }

    private async Task<Stumbling> FillAsync(int past = Past, int young = Young)
    {
        _store = await SweptStore.OpenAsync();
        _usage = _store.Table("usage-log");
        foreach (var some in Enumerable.Range(0, past + young).Chunk(100))
            await _usage.SubmitTransactionAsync(some.Select(number => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity("p-1", $"{number:D5}")
                {
                    ["At"] = number % 3 == 2 && number / 3 < young ? InCenturies : LongAgo,
                })));
        return new(new TableDates(_store.Company));
    }

    private Task<SweptPart> RunAsync(IDatedSource source, int day = 0) =>
        _store.Part(source).RunAsync(_step with { Day = _step.Day.AddDays(day) }, CancellationToken.None);

    /// <summary>A source before whose deletions something happens.</summary>
    private sealed class Stumbling(IDatedSource source) : IDatedSource
    {
        public Func<Task> Before { get; set; } = () => Task.CompletedTask;

        /// <summary>Only before the deletion of that row.</summary>
        public string? FirstOnly { get; set; }

        public bool HasFailed { get; private set; }

        /// <summary>How many items each page might have had.</summary>
        public List<int> Pages { get; } = [];

        public Task Fail()
        {
            HasFailed = true;
            throw new InvalidOperationException("The host dies, as the test wants.");
        }

        public bool Reaches(DataSet set) => source.Reaches(set);

        public Task<DatedPage> PageAsync(
            DataSet set, IReadOnlyList<string> columns, string? place, int size, CancellationToken cancellation)
        {
            Pages.Add(size);
            return source.PageAsync(set, columns, place, size, cancellation);
        }

        public async Task<SweptItem> EraseAsync(DataSet set, DatedItem item, CancellationToken cancellation)
        {
            if (FirstOnly is null || item.Key.Row.RowKey == FirstOnly) await Before();
            return await source.EraseAsync(set, item, cancellation);
        }

        public Task<SweptItem> AnonymiseAsync(DataSet set, DatedItem item, byte[] salt, CancellationToken cancellation) =>
            source.AnonymiseAsync(set, item, salt, cancellation);

        public Task TouchAnonymisedAsync(DataSet set, IReadOnlyList<DatedItem> items, CancellationToken cancellation) =>
            source.TouchAnonymisedAsync(set, items, cancellation);
    }
}
