using PrivacyFunctions.Backups;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>The procedure of a night, on the real engine.</summary>
[Clause("T-BACKUP")]
public class BackUpTests
{
    private const int Attempts = 8;

    [Fact]
    public async Task Night_AllGoesWell_IsCopiedReadBackNotedAndThenOldOnesGo()
    {
        await using var run = await BackupRun.StartAsync();

        Histories.Record(await run.RunAsync(), "backup-v2");

        Assert.Equal([nameof(CopyData), nameof(VerifyBackup), nameof(NoteVerified), nameof(DeleteOldBackups)], run.Calls);
    }

    [Fact]
    public async Task Night_StoreIsAwayForAWhile_IsCopiedWhenItIsBack()
    {
        await using var run = await BackupRun.StartAsync();
        run.Failures[nameof(CopyData)] = Attempts - 1;

        Histories.Record(await run.RunAsync(), "backup-v2");

        Assert.Equal(
            [
                .. Enumerable.Repeat(nameof(CopyData), Attempts),
                nameof(VerifyBackup), nameof(NoteVerified), nameof(DeleteOldBackups),
            ],
            run.Calls);
    }

    [Fact]
    public async Task Night_CannotBeCopied_IsShownAndOldOnesStillGo()
    {
        await using var run = await BackupRun.StartAsync();
        run.Failures[nameof(CopyData)] = Attempts;

        Histories.Record(await run.RunAsync(), "backup-v2");

        Assert.Equal(
            [.. Enumerable.Repeat(nameof(CopyData), Attempts), nameof(NoteFailedNight), nameof(DeleteOldBackups)], run.Calls);
    }

    [Fact]
    public async Task Night_CannotBeReadBack_IsNeverNotedAsVerified()
    {
        await using var run = await BackupRun.StartAsync();
        run.Failures[nameof(VerifyBackup)] = Attempts;

        Histories.Record(await run.RunAsync(), "backup-v2");

        Assert.DoesNotContain(nameof(NoteVerified), run.Calls);
        Assert.Equal([nameof(NoteFailedNight), nameof(DeleteOldBackups)], run.Calls.TakeLast(2));
    }

    [Fact]
    public async Task Night_RecordsAwayForSixtyDays_IsNotedThenAndNoHistoryGrows()
    {
        await using var run = await BackupRun.StartAsync();
        foreach (var away in new[] { nameof(CopyData), nameof(NoteFailedNight) }) run.Failures[away] = int.MaxValue;
        await run.BeginAsync();
        await run.PassDaysAsync(60);
        Assert.DoesNotContain(nameof(DeleteOldBackups), run.Calls);

        run.Failures.Clear();
        await run.PassDaysAsync(2);
        Assert.Equal([nameof(NoteFailedNight), nameof(DeleteOldBackups)], run.Calls.TakeLast(2));
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task Night_OldOnesCannotBeDeleted_IsShown()
    {
        await using var run = await BackupRun.StartAsync();
        run.Failures[nameof(DeleteOldBackups)] = Attempts;

        Histories.Record(await run.RunAsync(), "backup-v2");

        Assert.Equal(nameof(NoteFailedNight), run.Calls[^1]);
    }
}
