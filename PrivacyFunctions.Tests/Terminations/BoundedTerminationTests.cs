using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>However long something takes in the life of a terminated account, no history grows with it.</summary>
[Clause("T-ACTIVE")]
public class BoundedTerminationTests
{
    private static readonly TerminationInstants Instants = TerminationRun.Effect.Instants;

    [Theory]
    [InlineData(nameof(ReadTermination.ReadTerminationDates))]
    [InlineData(nameof(PackageServiceData.PackagePart))]
    [InlineData(nameof(EndUndoWindow))]
    [InlineData(nameof(BeginPurgeInTurn))]
    [InlineData(nameof(EnterPurge.EnterDataSet))]
    [InlineData(nameof(PurgeDataSet))]
    [InlineData(nameof(FinishPurge))]
    [InlineData(nameof(RescanAccount))]
    [InlineData(nameof(CheckBackups))]
    [InlineData(nameof(CloseTermination))]
    public async Task StepBrokenForSixtyDays_IsShownMendedAndNoHistoryGrows(string activity)
    {
        await using var run = await TerminationRun.StartAsync();
        run.Failures[activity] = int.MaxValue;
        await run.TakeEffectAsync();
        await PassUntilAsync(run, () => run.Calls.Contains(activity));
        await run.PassDaysAsync(60);
        Assert.Contains(nameof(NoteAttention), run.Calls);
        Assert.DoesNotContain(nameof(NoteRecovery), run.Calls);
        Assert.InRange(run.Calls.Count(call => call == activity), 200, 2000);

        run.Failures.Clear();
        await PassUntilAsync(run, () => run.Case.IsClosed);
        Assert.Contains(nameof(NoteRecovery), run.Calls);
        Assert.Equal(CaseOutcome.Purged, run.Case.Outcome);
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task RecordsAwayForSixtyDays_AreWaitedForAndNoHistoryGrows()
    {
        await using var run = await TerminationRun.StartAsync();
        foreach (var away in new[] { nameof(CloseTermination), nameof(NoteAttention), nameof(NoteRecovery) })
            run.Failures[away] = int.MaxValue;
        await run.TakeEffectAsync();
        await PassUntilAsync(run, () => run.Calls.Contains(nameof(CloseTermination)));
        await run.PassDaysAsync(60);

        var attempts = run.Calls.Count(call => call == nameof(CloseTermination));
        run.Failures.Remove(nameof(CloseTermination));
        await run.PassDaysAsync(3);
        Assert.False(await run.IsCompletedAsync()); // it could not be noted yet that the step works again
        run.Failures.Clear();
        await run.PassDaysAsync(3);
        Assert.Equal(attempts + 1, run.Calls.Count(call => call == nameof(CloseTermination)));
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    [Clause("T-BACKUP")]
    public async Task BackupsAskedForSixtyDays_AreAskedEachSixHoursAndNoHistoryGrows()
    {
        await using var run = await TerminationRun.StartAsync();
        run.BackupsLeft = int.MaxValue;
        await run.TakeEffectAsync();
        await PassUntilAsync(run, () => run.Calls.Contains(nameof(CheckBackups)));
        await run.PassDaysAsync(60);
        Assert.InRange(run.Calls.Count(call => call == nameof(CheckBackups)), 235, 245);

        run.BackupsLeft = 0;
        await run.PassDaysAsync(1);
        Assert.Equal(CaseOutcome.Purged, run.Case.Outcome);
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task PurgeOfAMillionRows_IsOneCallAfterAnotherAndNoHistoryGrows()
    {
        await using var run = await TerminationRun.StartAsync();
        run.MoreBatches = 500; // of two thousand rows
        await run.TakeEffectAsync();
        await PassUntilAsync(run, () => run.Case.IsClosed);

        Assert.Equal(504, run.Calls.Count(call => call == nameof(PurgeDataSet)));
        Assert.Equal(4, run.Calls.Count(call => call == nameof(EnterPurge.EnterDataSet))); // nothing is counted again
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task HeldForAYear_WithTimersInPieces_KeepsItsHistories()
    {
        await using var run = await TerminationRun.StartAsync(longestTimer: TimeSpan.FromDays(3));
        run.HeldLooks = 365;
        await run.TakeEffectAsync();
        await PassUntilAsync(run, () => run.Case.IsClosed, days: 600);
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task SomethingThatGoesOnWriting_IsLookedForEachDayAndNoHistoryGrows()
    {
        await using var run = await TerminationRun.StartAsync();
        foreach (var rest in Enumerable.Repeat(PurgeRest.Items, 200)) run.Rests.Enqueue(rest);
        await run.TakeEffectAsync();
        await PassUntilAsync(run, () => run.Case.IsClosed, days: 400);
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    private static async Task PassUntilAsync(TerminationRun run, Func<bool> isSo, int days = 200)
    {
        var patience = run.Now.AddDays(days);
        while (!isSo())
        {
            Assert.True(run.Now < patience, $"It does not get there: {string.Join(", ", run.Calls.TakeLast(5))}");
            await run.PassAsync(TimeSpan.FromHours(12));
        }
    }
}
