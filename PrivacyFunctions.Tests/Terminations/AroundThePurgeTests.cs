using PrivacyFunctions.Backups.Model;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>What goes before the purge of an account, and what follows until its case may close.</summary>
[Clause("T-ACTIVE")]
public class AroundThePurgeTests
{
    [Fact]
    [Clause("T-BACKUP")]
    public async Task Backups_StillHoldingIt_AreShownAndLookedAtUntilTheyDoNot()
    {
        await using var run = await TerminationRun.StartAsync();
        run.BackupsLeft = 2;
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        await run.PassToAsync(BackupsClock.CheckAt(run.Case.PurgedAt!.Value, run.Case.Id));
        Assert.Equal([nameof(CheckBackups), nameof(NoteAttention), nameof(RescanAccount)], run.Calls.TakeLast(3));

        await run.PassAsync(TimeSpan.FromHours(6));
        Assert.Equal([nameof(CheckBackups), nameof(RescanAccount)], run.Calls.TakeLast(2));
        await run.PassAsync(TimeSpan.FromHours(6));
        Assert.Equal(
            [nameof(CheckBackups), nameof(NoteRecovery), nameof(TellOwner.TellEmptied), nameof(ReadTermination.ReadPurgeEnd)],
            run.Calls.TakeLast(4));
        await run.PassDaysAsync(8);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    public async Task Restart_AfterThePurge_LeavesWhatCameBackToTheSearches()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.PassToAsync(TerminationRun.Effect.Instants.PurgeFrom + TimeSpan.FromDays(1));
        run.Decide(_ => new Decision.Change(
            TerminationRun.Effect, new TerminationFact.UndoOver(Erasure: null), new TerminationFact.PurgeBegun(), new TerminationFact.Purged(run.Now),
            new CaseFact.WorkflowRestarted()));
        run.Searches.Enqueue(false);

        await run.BeginAsync();
        await run.WakeAsync();
        Assert.DoesNotContain(nameof(PurgeDataSet), run.Calls);
        await run.PassAsync(TimeSpan.FromDays(1));
        Assert.True(run.Calls.ToList().IndexOf(nameof(RescanAccount)) < run.Calls.ToList().IndexOf(nameof(PurgeDataSet)));
        Assert.Equal(run.Now, run.Case.PurgedAt);
    }

    [Fact]
    [Clause("T-BACKUP")]
    public async Task WhatCameBack_IsPurgedAgainAndItsBackupsWaitedForAnew()
    {
        await using var run = await TerminationRun.StartAsync();
        foreach (var isEmpty in new[] { false, true, false }) run.Searches.Enqueue(isEmpty);
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        await run.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(run.Now, run.Case.PurgedAt); // purged once more
        Assert.Equal(2, run.Calls.Count(call => call == nameof(ListPurge)));

        await run.PassDaysAsync(35);
        Assert.Equal(1, run.Calls.Count(call => call == nameof(TellOwner.TellEmptied)));
        Assert.Equal(3, run.Calls.Count(call => call == nameof(ListPurge))); // found by the last search
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);
        await run.PassDaysAsync(36);
        Assert.Equal(2, run.Calls.Count(call => call == nameof(TellOwner.TellEmptied)));
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.Purged, run.Case.Outcome);
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    [Clause("T-BACKUP")]
    public async Task WhatCameBack_IsEnteredAndPurgedUnderTheSearchThatFoundIt()
    {
        await using var run = await TerminationRun.StartAsync();
        foreach (var isEmpty in new[] { false, false }) run.Searches.Enqueue(isEmpty);
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        run.HeldLooks = 1; // the files that the first search finds wait a day for their release
        for (var day = 0; day < 3; day++) await run.PassAsync(TimeSpan.FromDays(1));

        // A backup that is restored is emptied by the ledger: what a search found has entries of its own, for each of the four sets.
        Assert.Equal(
            [.. Enumerable.Repeat((string?)null, 8), .. Enumerable.Repeat("search-1", 12), .. Enumerable.Repeat("search-2", 8)],
            run.Purges.Select(step => step.Plan));
    }

    [Fact]
    [Clause("T-BACKUP")]
    public async Task Backups_LateOverManyLooksAndAPurge_AreShownOnceUntilThatMarkIsTakenBack()
    {
        await using var run = await TerminationRun.StartAsync();
        foreach (var isEmpty in new[] { true, true, false }) run.Searches.Enqueue(isEmpty);
        run.BackupsLeft = 4;
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        await run.PassAsync(TimeSpan.FromDays(1));
        await run.PassToAsync(BackupsClock.CheckAt(run.Case.PurgedAt!.Value, run.Case.Id));
        await run.PassAsync(TimeSpan.FromHours(6)); // the second look, and a search that finds something
        Assert.Equal(run.Now, run.Case.PurgedAt);

        await run.PassAsync(TimeSpan.FromDays(1));
        await run.PassToAsync(BackupsClock.CheckAt(run.Case.PurgedAt!.Value, run.Case.Id));
        await run.PassAsync(TimeSpan.FromHours(6));
        Assert.Empty(run.Shown.Over);
        await run.PassAsync(TimeSpan.FromHours(6));
        Assert.Equal(5, run.Calls.Count(call => call == nameof(CheckBackups)));
        Assert.Single(run.Calls, nameof(NoteAttention));
        Assert.Single(run.Calls, nameof(NoteRecovery));
        Assert.Equal(Assert.Single(run.Shown.All), Assert.Single(run.Shown.Over));
    }

    [Fact]
    [Clause("R-ACCESS")]
    public async Task Purge_WithAnotherThatGoesFirst_IsAskedAboutUntilItIsItsTurn()
    {
        await using var run = await TerminationRun.StartAsync();
        run.Forerunners = 4;
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        Assert.Equal(TerminationStatus.AwaitingPurge, run.Case.Status);
        await run.PassAsync(TimeSpan.FromHours(12));
        await run.PassAsync(TimeSpan.FromHours(6));
        Assert.DoesNotContain(nameof(ListPurge), run.Calls);
        Assert.DoesNotContain(nameof(NoteAttention), run.Calls); // nothing is broken

        await run.PassAsync(TimeSpan.FromHours(6));
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);
        await run.PassDaysAsync(36);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }
}
