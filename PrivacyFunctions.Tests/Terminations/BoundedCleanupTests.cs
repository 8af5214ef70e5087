using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>However much is due at a cleanup, and however long it cannot be read, no history grows with it.</summary>
[Clause("T-ACTIVE")]
public class BoundedCleanupTests
{
    [Fact]
    public async Task CleanupOfAMillionAccounts_ReadsEveryPageAndNoHistoryGrows()
    {
        await using var run = await CleanupRun.StartAsync();
        for (var shard = 0; shard < 16; shard++) run.PagesOf[shard] = 625; // of a hundred
        await run.BeginAsync(CleanupRun.From + TimeSpan.FromDays(1));

        Assert.Equal(10_000, run.Pages.Count);
        Assert.True(run.IsEnded);
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task CleanupThatCannotReadForSixtyDays_GoesOnThenAndNoHistoryGrows()
    {
        await using var run = await CleanupRun.StartAsync();
        run.Failures = int.MaxValue;
        await run.BeginAsync(CleanupRun.From);
        await run.PassDaysAsync(60);
        Assert.False(await run.IsCompletedAsync());

        run.Failures = 0;
        await run.PassDaysAsync(2);
        Assert.Equal(Enumerable.Range(0, 16), run.Pages.Select(page => page.Step.Shard).Distinct());
        Assert.True(run.IsEnded);
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }
}
