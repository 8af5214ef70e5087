using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Tests.Clock;

public class LegalTimeTests
{
    private const string Nowhere = "UseDevelopmentStorage=true";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly Dictionary<string, TableEntity> _rows = [];

    private LegalTime Legal => Of(new PolicyOptions());

    [Fact]
    public async Task NowOrAt_InstantThatIsMomentsAway_WaitsForIt()
    {
        var instant = Now.AddSeconds(1);
        var waiting = Legal.NowOrAtAsync(instant, default);
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.99));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(await waiting >= instant);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(0)]
    [InlineData(60)]
    public async Task NowOrAt_InstantThatIsOverOrFarAway_IsNotWaitedFor(int seconds) =>
        Assert.Equal(Now, await Legal.NowOrAtAsync(Now.AddSeconds(seconds), default));

    // What two machines' clocks may differ by.
    [Fact]
    public async Task NowOrAt_InstantThatIsFiveSecondsAway_IsTheFarthestThatIsWaitedFor()
    {
        Assert.Equal(Now, await Legal.NowOrAtAsync(Now.AddSeconds(5).AddTicks(1), default));
        var waiting = Legal.NowOrAtAsync(Now.AddSeconds(5), default);
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(Now.AddSeconds(6), await waiting);
    }

    /// <summary>At a faster pace an instant has no exact real one; once that has come, it has come.</summary>
    [Fact]
    public async Task NowOrAt_AtAFasterPace_IsNeverBeforeTheInstantThatHasArrived()
    {
        var legal = Of(new() { Pace = 7 });
        var clock = await legal.ClockAsync(default);
        for (var minute = 0; minute < 1000; minute++)
        {
            var instant = Now.AddMinutes(minute).AddTicks(minute);
            if (clock.Arrives(instant) is var arrives && arrives > _time.GetUtcNow()) _time.SetUtcNow(arrives);
            Assert.True(await legal.NowOrAtAsync(instant, default) >= instant);
        }
    }

    [Fact]
    public async Task Now_AtTheOrdinaryPace_IsNowWithoutALookIntoTheRecords()
    {
        Assert.Equal(Now, await Legal.NowAsync(default));
        Assert.Same(LegalClock.Ordinary, await Legal.ClockAsync(default));
        Assert.Empty(_rows);
    }

    [Fact]
    public async Task Clock_AfterARestartAtTheSamePace_GoesOnFromTheFirstStart()
    {
        Assert.Equal(new LegalClock(Now, 1000), await Of(new() { Pace = 1000 }).ClockAsync(default));
        _time.Advance(TimeSpan.FromHours(1));
        var restarted = Of(new() { Pace = 1000 });
        Assert.Equal(new LegalClock(Now, 1000), await restarted.ClockAsync(default));
        Assert.Equal(Now.AddHours(1000), await restarted.NowAsync(default));
    }

    [Fact]
    public async Task Clock_AtAnotherPace_BeginsWhereItIsStarted()
    {
        await Of(new() { Pace = 1000 }).ClockAsync(default);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new LegalClock(Now.AddHours(1), 2000.5), await Of(new() { Pace = 2000.5 }).ClockAsync(default));
        Assert.Equal(["legal-clock/pace-1000", "legal-clock/pace-2000.5"], _rows.Keys.Order()); // names that persist
    }

    [Fact]
    public async Task Clock_RecordsThatAreAway_IsAskedForAgain()
    {
        var legal = Of(new() { Pace = 1000 }, failures: 1);
        await Assert.ThrowsAsync<RequestFailedException>(async () => await legal.ClockAsync(default));
        Assert.Equal(new LegalClock(Now, 1000), await legal.ClockAsync(default));
    }

    [Fact]
    public async Task Clock_OnceRead_NeedsTheRecordsNoMore()
    {
        var legal = Of(new() { Pace = 1000 });
        await legal.ClockAsync(default);
        _rows.Clear();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new LegalClock(Now, 1000), await legal.ClockAsync(default));
        Assert.Empty(_rows);
    }

    [Fact]
    public async Task Plans_OfNewCases_HaveTheDurationsOfTheSettings()
    {
        var legal = Of(new() { ConfirmationDays = 3, ResumeDays = 5, ExportDays = 7, UndoDays = 11, RetrievalDays = 13 });
        Assert.Equal(
            new(LegalClock.Ordinary, TimeSpan.FromDays(3), TimeSpan.FromDays(5), TimeSpan.FromDays(7)), await legal.PlanAsync(default));
        Assert.Equal(
            new(LegalClock.Ordinary, TimeSpan.FromDays(3), 11) { RetrievalDays = 13 }, await legal.TerminationPlanAsync(default));
    }

    private LegalTime Of(PolicyOptions options, int failures = 0) => new(Options.Create(options), Records(failures), _time);

    // Records that hold what is added to one table.
    private RecordStorage Records(int failures)
    {
        var table = new Mock<TableClient>();
        table.Setup(rows => rows.AddEntityAsync(It.IsAny<TableEntity>(), It.IsAny<CancellationToken>()))
            .Returns((TableEntity row, CancellationToken _) =>
            {
                if (failures-- > 0) throw new RequestFailedException(503, "It is away.");
                return _rows.TryAdd($"{row.PartitionKey}/{row.RowKey}", row)
                    ? Task.FromResult(Mock.Of<Response>())
                    : throw new RequestFailedException(409, "It is there.");
            });
        table.Setup(rows => rows.GetEntityAsync<TableEntity>(
                It.IsAny<string>(), It.IsAny<string>(), It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()))
            .Returns((string partition, string row, IEnumerable<string> _, CancellationToken _) =>
                Task.FromResult(Response.FromValue(_rows[$"{partition}/{row}"], Mock.Of<Response>())));
        var tables = new Mock<TableServiceClient>();
        tables.Setup(service => service.GetTableClient("privacySettings")).Returns(table.Object);
        return new(tables.Object, new BlobServiceClient(Nowhere));
    }
}
