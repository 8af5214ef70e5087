using PrivacyFunctions.Accounts;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Accounts;

/// <summary>The purge of an account as a stage of its end: each data set in a stage of its own, with waits of its own.</summary>
[Clause("T-ACTIVE")]
public class EmptyAccountTests
{
    private const string Instance = TerminationRun.PurgeInstance;
    private const string Files = $"{Instance}:service-files-0";

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
}
