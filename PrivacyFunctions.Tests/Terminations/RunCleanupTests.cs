using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The quarterly cleanup: what it wakes, in which order, and when.</summary>
[Clause("T-ACTIVE")]
public class RunCleanupTests
{
    private static readonly TimeSpan Sixteenth = TimeSpan.FromHours(6) / DueIndex.Shards;

    [Fact]
    public async Task Cleanup_StartedOnTime_WakesASixteenthAtATimeOverSixHours()
    {
        await using var run = await CleanupRun.StartAsync();
        await run.BeginAsync(CleanupRun.From - TimeSpan.FromHours(3));
        Assert.Empty(run.Pages); // its day has not begun where the company is

        for (var shard = 0; shard < DueIndex.Shards; shard++)
        {
            var at = CleanupRun.From + Sixteenth * shard;
            await run.PassToAsync(at - TimeSpan.FromSeconds(1));
            Assert.Equal(shard, run.Pages.Count);
            await run.PassToAsync(at);
            Assert.Equal((at, new(shard, new(2026, 4, 1), null)), run.Pages[^1]);
        }

        Assert.True(run.IsEnded);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), CleanupRun.Version);
    }

    [Fact]
    public async Task Cleanup_StartedLate_CatchesUpPageAfterPage()
    {
        await using var run = await CleanupRun.StartAsync();
        (run.PagesOf[3], run.PagesOf[15]) = (3, 2);
        await run.BeginAsync(CleanupRun.From + TimeSpan.FromDays(2));

        Assert.Equal(
            [
                .. Enumerable.Range(0, 4).Select(shard => (shard, default(string))), (3, "1"), (3, "2"),
                .. Enumerable.Range(4, 12).Select(shard => (shard, default(string))), (15, "1"),
            ],
            run.Pages.Select(page => (page.Step.Shard, page.Step.After)));
        Assert.True(run.IsEnded);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), CleanupRun.Version);
    }

    [Fact]
    public async Task Cleanup_PageThatCannotBeRead_IsReadAgainAndNoShardIsLost()
    {
        await using var run = await CleanupRun.StartAsync();
        run.Failures = 3;
        var start = CleanupRun.From + TimeSpan.FromHours(6);
        await run.BeginAsync(start);
        for (var seconds = 0; seconds < 60; seconds++) await run.PassToAsync(start + TimeSpan.FromSeconds(seconds));

        Assert.Equal([0, 0, 0, 0, .. Enumerable.Range(1, 15)], run.Pages.Select(page => page.Step.Shard));
        Assert.True(run.IsEnded);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), CleanupRun.Version);
    }
}
