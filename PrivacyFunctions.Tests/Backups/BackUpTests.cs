using PrivacyFunctions.Backups;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>The procedure of a night, on the real engine.</summary>
[Clause("T-BACKUP")]
public class BackUpTests
{
    private const int Attempts = 8;
    private const string Version = "backup-v3";
    private const string PartsVersion = "backup-parts-v3";
    private const string CopyPart = nameof(CopyData.CopyPart);
    private const string VerifyPart = nameof(VerifyBackup.VerifyPart);

    [Fact]
    public async Task Night_AllGoesWell_IsCopiedReadBackNotedAndThenOldOnesGo()
    {
        await using var run = await BackupRun.StartAsync();

        Histories.Record(await run.RunAsync(), Version);
        Histories.Record(run.HistoryOf(CopyPart), PartsVersion);

        Assert.Equal([CopyPart, nameof(CopyData), VerifyPart, nameof(NoteVerified), nameof(DeleteOldBackups)], run.Calls);
    }

    [Fact]
    public async Task Night_StoreIsAwayForAWhile_IsCopiedWhenItIsBack()
    {
        await using var run = await BackupRun.StartAsync();
        run.Failures[CopyPart] = Attempts - 1;

        Histories.Record(await run.RunAsync(), Version);
        Histories.Record(run.HistoryOf(CopyPart), PartsVersion);

        Assert.Equal(
            [
                .. Enumerable.Repeat(CopyPart, Attempts), nameof(CopyData), VerifyPart, nameof(NoteVerified), nameof(DeleteOldBackups),
            ],
            run.Calls);
    }

    [Fact]
    public async Task Night_CannotBeCopied_IsShownAndOldOnesStillGo()
    {
        await using var run = await BackupRun.StartAsync();
        run.Failures[CopyPart] = Attempts;

        Histories.Record(await run.RunAsync(), Version);
        Histories.Record(run.HistoryOf(CopyPart), PartsVersion);

        Assert.Equal(
            [.. Enumerable.Repeat(CopyPart, Attempts), nameof(DeleteOldBackups), nameof(NoteFailedNight)], run.Calls);
    }

    [Fact]
    public async Task Night_CannotBeReadBack_IsNeverNotedAsVerified()
    {
        await using var run = await BackupRun.StartAsync();
        run.Failures[VerifyPart] = Attempts;

        Histories.Record(await run.RunAsync(), Version);

        Assert.DoesNotContain(nameof(NoteVerified), run.Calls);
        Assert.Equal([nameof(DeleteOldBackups), nameof(NoteFailedNight)], run.Calls.TakeLast(2));
    }

    [Fact]
    public async Task Night_NeitherCopiedNorClearedAway_ShowsBoth()
    {
        await using var run = await BackupRun.StartAsync();
        foreach (var broken in new[] { nameof(CopyData), nameof(DeleteOldBackups) }) run.Failures[broken] = Attempts;

        Histories.Record(await run.RunAsync(), Version);

        Assert.DoesNotContain(VerifyPart, run.Calls);
        Assert.Equal([nameof(NoteFailedNight), nameof(NoteFailedNight)], run.Calls.TakeLast(2));
    }

    [Fact]
    public async Task Night_OfManyParts_MakesEachOnceInTurn()
    {
        await using var run = await BackupRun.StartAsync();
        (run.Parts[CopyPart], run.Parts[VerifyPart]) = (6, 5);

        Histories.Record(await run.RunAsync(), Version);
        Histories.Record(run.HistoryOf(CopyPart), PartsVersion);

        Assert.Equal(Enumerable.Range(0, 6), run.PartsOf(CopyPart));
        Assert.Equal(Enumerable.Range(0, 5), run.PartsOf(VerifyPart));
    }

    [Fact]
    public async Task Night_OfAMillionFilesInAStoreThatFailsSevenTimes_KeepsItsHistoriesShort()
    {
        await using var run = await BackupRun.StartAsync();
        run.Parts[CopyPart] = 100;
        run.Failures[CopyPart] = Attempts - 1;

        await run.RunAsync();

        Assert.Equal(Enumerable.Range(0, 100), run.PartsOf(CopyPart).Distinct());
        Assert.Equal(nameof(DeleteOldBackups), run.Calls[^1]);
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound / 4); // so that each of its calls may fail as often
    }

    [Fact]
    public async Task Night_RecordsAwayForSixtyDays_IsNotedThenAndNoHistoryGrows()
    {
        await using var run = await BackupRun.StartAsync();
        foreach (var away in new[] { CopyPart, nameof(NoteFailedNight) }) run.Failures[away] = int.MaxValue;
        await run.BeginAsync();
        await run.PassDaysAsync(60);
        Assert.Single(run.Calls, nameof(DeleteOldBackups));

        run.Failures.Clear();
        await run.PassDaysAsync(2);
        Assert.Equal(nameof(NoteFailedNight), run.Calls[^1]);
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task Night_OldOnesCannotBeDeleted_IsShown()
    {
        await using var run = await BackupRun.StartAsync();
        run.Failures[nameof(DeleteOldBackups)] = Attempts;

        Histories.Record(await run.RunAsync(), Version);

        Assert.Equal(nameof(NoteFailedNight), run.Calls[^1]);
    }

    // Nights that were started so may wait in somebody's database: where they try again is in their histories.
    [Theory]
    [InlineData("1", 0)]
    [InlineData("2", 1)]
    public async Task Night_OfAnEarlierVersionWithTheRecordsAway_IsNotedWhenTheyAreBack(string version, int stages)
    {
        await using var run = await BackupRun.StartAsync(version);
        run.Failures[nameof(NoteVerified)] = 3;

        var history = await run.RunAsync();
        Histories.Record(history, $"backup-v{version}");

        Assert.Equal(
            [
                nameof(CopyData), nameof(VerifyBackup), .. Enumerable.Repeat(nameof(NoteVerified), 3 + 1), nameof(DeleteOldBackups),
            ],
            run.Calls);
        Assert.Equal(stages, history.Count(happened => happened.SubOrchestrationInstanceCreated is not null));
    }
}
