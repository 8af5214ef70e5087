using PrivacyFunctions.Cases;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The purge of an account as cases of version 2 have it, which wait in somebody's database.</summary>
[Clause("T-ACTIVE")]
public class PurgeAccountTests
{
    private const string Instance = TerminationRun.PurgeInstance;

    private static readonly string[] Look =
    [
        nameof(DeleteServiceExport), nameof(EnterPurge), nameof(PurgeDataSet), nameof(PurgeDataSet), nameof(PurgeDataSet),
        nameof(FinishPurge),
    ];

    [Fact]
    public async Task Purge_OfManyItems_CallsForBatchesUntilTheSetIsEmpty()
    {
        await using var run = await TerminationRun.StartAsync(version: "2");
        run.MoreBatches = 2;
        await run.LiveToPurgeAsync();
        await run.WakeAsync();

        Assert.Equal(5, run.Calls.Count(call => call == nameof(PurgeDataSet)));
        Assert.True(await run.IsCompletedAsync(Instance));
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Purge_Held_LooksEachDayWithAFreshHistoryAndFinishesAfterTheRelease()
    {
        await using var run = await TerminationRun.StartAsync(version: "2");
        await run.LiveToPurgeAsync();
        foreach (var rest in Enumerable.Repeat(PurgeRest.Held, 30)) run.Rests.Enqueue(rest);
        await run.WakeAsync();
        Assert.Equal(Look, run.Calls.TakeLast(Look.Length));
        var length = run.History(Instance).Count;

        for (var day = 1; day < 30; day++)
        {
            await run.PassAsync(TimeSpan.FromDays(1));
            Assert.Equal(Look, run.Calls.TakeLast(Look.Length));
            Assert.Equal(day + 1, run.Calls.Count(call => call == nameof(FinishPurge)));
            Assert.InRange(run.History(Instance).Count, 1, length);
            Assert.Equal(TerminationStatus.Purging, run.Case.Status);
        }

        await run.PassAsync(TimeSpan.FromDays(1));
        Assert.True(await run.IsCompletedAsync(Instance));
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);
        Assert.Equal(run.Now, run.Case.PurgedAt);
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Purge_HeldAfterMoreBatchesThanOneHistoryTakes_LooksAtEverySetAgain()
    {
        await using var run = await TerminationRun.StartAsync(version: "2");
        run.MoreBatches = 24; // it continues as new in the middle, with the sets that are left
        run.Rests.Enqueue(PurgeRest.Held);
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        Assert.Equal(27, run.Calls.Count(call => call == nameof(PurgeDataSet)));

        await run.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(30, run.Calls.Count(call => call == nameof(PurgeDataSet)));
        Assert.True(await run.IsCompletedAsync(Instance));
    }

    [Fact]
    public async Task Purge_ItemsThatCameMeanwhile_AreLookedForAgainMinutesLater()
    {
        await using var run = await TerminationRun.StartAsync(version: "2");
        await run.LiveToPurgeAsync();
        run.Rests.Enqueue(PurgeRest.Items);
        await run.WakeAsync();
        Assert.Equal(TerminationStatus.Purging, run.Case.Status);
        await run.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(
            [.. Look, .. Look, nameof(DeleteServiceExport), nameof(CheckBackups.ScheduleBackupsCheck)],
            run.Calls.TakeLast(Look.Length * 2 + 2));
        Assert.True(await run.IsCompletedAsync(Instance));
    }

    [Fact]
    public async Task Purge_StepThatStaysBroken_IsShownAndTriedUntilItWorks()
    {
        await using var run = await TerminationRun.StartAsync(version: "2");
        await run.LiveToPurgeAsync();
        run.Failures[nameof(EnterPurge)] = 10; // eight attempts in a quarter of an hour, and two of the next round
        await run.WakeAsync();
        for (var minutes = 0; minutes < 120; minutes++) await run.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(11, run.Calls.Count(call => call == nameof(EnterPurge)));
        Assert.Contains(nameof(NoteAttention), run.Calls);
        Assert.Contains(nameof(NoteRecovery), run.Calls);
        Assert.True(await run.IsCompletedAsync(Instance));
    }

    [Fact]
    public async Task Purge_StepThatBreaksInEachHistory_IsShownAndMendedInEach()
    {
        await using var run = await TerminationRun.StartAsync(version: "2");
        run.MoreBatches = 24; // a second history in the middle of the sets
        run.Rests.Enqueue(PurgeRest.Held); // and a third one for the look of the next day
        run.Breakdowns.Of(nameof(DeleteServiceExport), 0, 1, 2);
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        await run.PassDaysAsync(3);

        run.Shown.WereShownAndTakenBack(nameof(DeleteServiceExport), nameof(DeleteServiceExport), nameof(DeleteServiceExport));
        Assert.True(await run.IsCompletedAsync(Instance));
    }
}
