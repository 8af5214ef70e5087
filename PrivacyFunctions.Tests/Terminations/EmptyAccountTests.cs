using PrivacyFunctions.Cases;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The purge of an account as a stage of its end: each data set in a stage of its own, with waits of its own.</summary>
[Clause("T-ACTIVE")]
public class EmptyAccountTests
{
    private const string Instance = TerminationRun.PurgeInstance;
    private const string Files = $"{Instance}:service-files-0";
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Purge_OfManyItems_CallsForBatchesUntilTheSetIsEmpty()
    {
        await using var run = await TerminationRun.StartAsync();
        run.MoreBatches = 60; // more than the histories of three sets take
        await run.LiveToPurgeAsync();
        await run.WakeAsync();

        Assert.Equal(64, run.Calls.Count(call => call == nameof(PurgeDataSet)));
        Assert.Equal(4, run.Calls.Count(call => call == nameof(EnterPurge.EnterDataSet)));
        Assert.True(await run.IsCompletedAsync(Instance));
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Purge_OfOneSetHeld_LooksAtAllSetsEachDayWithAFreshHistory()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.LiveToPurgeAsync();
        run.HeldLooks = 30;
        await run.WakeAsync();
        Assert.Equal(4, run.Calls.Count(call => call == nameof(PurgeDataSet)));

        for (var day = 1; day < 30; day++)
        {
            await run.PassAsync(TimeSpan.FromDays(1));
            Assert.Equal(4 * (1 + day), run.Calls.Count(call => call == nameof(PurgeDataSet)));
            Assert.InRange(run.History(Instance).Count, 1, 60); // a day has about thirty events, however its steps end together
            Assert.Equal(TerminationStatus.Purging, run.Case.Status);
        }

        await run.PassAsync(TimeSpan.FromDays(1));
        Assert.True(await run.IsCompletedAsync(Instance));
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);
        Assert.Equal(run.Now, run.Case.PurgedAt);
        Histories.Record(run.History(Instance), "empty-v3");
        Histories.Record(run.History(Files), "empty-set-v3");
    }

    [Fact]
    public async Task Purge_OfVeryMuchThatCameMeanwhile_GoesOnUntilTheSetIsEmpty()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.LiveToPurgeAsync();
        run.Rests.Enqueue(PurgeRest.Items);
        await run.WakeAsync();
        run.MoreBatches = 60;
        await run.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(4 + 4 + 60, run.Calls.Count(call => call == nameof(PurgeDataSet)));
        Assert.True(await run.IsCompletedAsync(Instance));
    }

    [Fact]
    public async Task Purge_ItemsThatCameMeanwhile_AreLookedForAgainMinutesLater()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.LiveToPurgeAsync();
        run.Rests.Enqueue(PurgeRest.Items);
        run.Rests.Enqueue(PurgeRest.Items);
        await run.WakeAsync();
        Assert.Equal(TerminationStatus.Purging, run.Case.Status);
        await run.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(TerminationStatus.Purging, run.Case.Status);
        await run.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(12, run.Calls.Count(call => call == nameof(PurgeDataSet)));
        Assert.True(await run.IsCompletedAsync(Instance));
    }

    [Fact]
    public async Task Purge_OfASetWhoseStoreIsAway_IsShownAndTriedWhileTheOthersGoOn()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.LiveToPurgeAsync();
        // Eight attempts in a quarter of an hour, and two of the next round.
        run.Failures[$"{nameof(EnterPurge.EnterDataSet)}:service-files"] = 10;
        await run.WakeAsync();
        Assert.Equal(2, run.Calls.Count(call => call == nameof(PurgeDataSet)));
        for (var minutes = 0; minutes < 120; minutes++) await run.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Single(run.Calls, nameof(NoteAttention));
        Assert.Single(run.Calls, nameof(NoteRecovery));
        Assert.Equal(4, run.Calls.Count(call => call == nameof(PurgeDataSet)));
        Assert.True(await run.IsCompletedAsync(Instance));
        Histories.Record(run.History(Files), "empty-set-v3");
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Purge_WhoseRestIsHeld_LooksADayLaterAndNotBefore()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.LiveToPurgeAsync();
        run.HeldLooks = 3;
        await run.WakeAsync();

        for (var looks = 1; looks <= 3; looks++)
        {
            await run.PassAsync(TimeSpan.FromDays(1) - Tick);
            Assert.Equal(looks, run.Calls.Count(call => call == nameof(FinishPurge)));
            await run.PassAsync(Tick);
            Assert.Equal(looks + 1, run.Calls.Count(call => call == nameof(FinishPurge)));
        }

        Assert.True(await run.IsCompletedAsync(Instance));
    }

    [Fact]
    public async Task Purge_OfWhatSomethingGoesOnWriting_LooksLessAndLessOftenUntilItIsOnceADay()
    {
        int[] minutes = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440, 1440];
        await using var run = await TerminationRun.StartAsync();
        await run.LiveToPurgeAsync();
        foreach (var _ in minutes) run.Rests.Enqueue(PurgeRest.Items);
        await run.WakeAsync();

        foreach (var (looks, pause) in minutes.Index())
        {
            await run.PassAsync(TimeSpan.FromMinutes(pause) - Tick);
            Assert.Equal(looks + 1, run.Calls.Count(call => call == nameof(FinishPurge)));
            await run.PassAsync(Tick);
            Assert.Equal(looks + 2, run.Calls.Count(call => call == nameof(FinishPurge)));
        }

        Assert.True(await run.IsCompletedAsync(Instance));
    }

    [Fact]
    public async Task Purge_WhoseStepsBreakInTwoRounds_ShowsAndMendsThemInBoth()
    {
        await using var run = await TerminationRun.StartAsync();
        run.Rests.Enqueue(PurgeRest.Items);
        run.Breakdowns.Of($"{nameof(EnterPurge.EnterDataSet)}:service-files", 0, 1);
        run.Breakdowns.Of(nameof(FinishPurge), 0, 1);
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        await run.PassDaysAsync(2);

        const string Enter = $"{nameof(EnterPurge.EnterDataSet)}/service-files";
        run.Shown.WereShownAndTakenBack(Enter, nameof(FinishPurge), Enter, nameof(FinishPurge));
        Assert.True(await run.IsCompletedAsync(Instance));
    }

    [Fact]
    public async Task Purge_OfASetThatBreaksInTwoHistories_IsShownAndMendedInBoth()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.LiveToPurgeAsync();
        foreach (var other in new[] { "service-contacts", "customer-accounts" }) // so that all batches are of the files
            run.Failures[$"{nameof(EnterPurge.EnterDataSet)}:{other}"] = int.MaxValue;
        run.MoreBatches = 30;
        run.Breakdowns.Of($"{nameof(PurgeDataSet)}:service-files", 0, 26); // the second step of either history
        await run.WakeAsync();
        await run.PassDaysAsync(1);

        const string Purge = $"{nameof(PurgeDataSet)}/service-files";
        Assert.Equal([Purge, Purge], run.Shown.All.Select(shown => shown.Step).Where(step => step == Purge));
        Assert.Equal([Purge, Purge], run.Shown.Over.Select(over => over.Step));
        Assert.True(await run.IsCompletedAsync(Files));
    }
}
