using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The step that wakes what is due, page by page: more can be due on a day than a page holds.</summary>
[Clause("T-ACTIVE")]
public class WakeDueTests
{
    private const int Shard = 12;
    private const int Page = 100;

    // Far from the days of all other tests on the same emulator.
    private readonly DateOnly _day = new DateOnly(1700, 1, 1).AddDays(Random.Shared.Next(30_000));

    [Fact]
    public async Task Page_ThatIsFull_IsFollowedByTheNextAndTheLastByNone()
    {
        var records = await SharedRecords.OpenAsync();
        var due = new DueIndex(records.Storage);
        for (var number = 0; number < Page + 20; number++)
            await due.AddAsync(_day, CaseId.Parse("c" + Guid.NewGuid().ToString("N")[1..]), default);

        // No entry has a case, so nobody is woken and each is removed: what is left was not looked at.
        var wake = new WakeDue(due, records.Cases, new(records.Storage, TimeProvider.System));
        var first = await wake.RunAsync(new(Shard, _day, $"{_day:yyyy-MM-dd}"), null!, default);
        Assert.NotNull(first.After);
        Assert.Equal(20, (await LeftAsync(due)).Count);

        Assert.Null((await wake.RunAsync(new(Shard, _day, first.After), null!, default)).After);
        Assert.Empty(await LeftAsync(due));
    }

    private Task<IReadOnlyList<DueEntry>> LeftAsync(DueIndex due) => due.PageAsync(Shard, _day, $"{_day:yyyy-MM-dd}", Page, default);
}
