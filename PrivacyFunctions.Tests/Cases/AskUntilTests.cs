using PrivacyFunctions.Backups.Model;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>A question that is asked until it is answered with yes, in the life of a terminated account.</summary>
public class AskUntilTests
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(6);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    [Fact]
    [Clause("T-BACKUP")]
    public async Task Question_AnsweredNoManyTimes_IsShownOnceAndTakenBackOnce()
    {
        await using var run = await TerminationRun.StartAsync(version: "2");
        run.BackupsLeft = 5;
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        await run.PassToAsync(BackupsClock.CheckAt(run.Case.PurgedAt!.Value, run.Case.Id));

        for (var looks = 1; looks <= 5; looks++)
        {
            Assert.Equal([nameof(CheckBackups)], run.Shown.All.Select(shown => shown.Step));
            Assert.Empty(run.Shown.Over);
            await run.PassAsync(BetweenLooks - Tick);
            Assert.Equal(looks, run.Calls.Count(call => call == nameof(CheckBackups)));
            await run.PassAsync(Tick);
            Assert.Equal(looks + 1, run.Calls.Count(call => call == nameof(CheckBackups)));
        }

        run.Shown.WereShownAndTakenBack(nameof(CheckBackups));
        Assert.Contains(nameof(TellOwner.TellEmptied), run.Calls);
    }

    [Fact]
    [Clause("T-ACTIVE")]
    public async Task Question_WhoseLookBreaksInTwoRounds_IsShownAndMendedInBoth()
    {
        await using var run = await TerminationRun.StartAsync();
        run.Forerunners = 5; // two before the question is asked, and three times no
        run.Breakdowns.Of(nameof(BeginPurgeInTurn.PurgeHasBegun), 1, 2);
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        await run.PassDaysAsync(3);

        run.Shown.WereShownAndTakenBack(nameof(BeginPurgeInTurn.PurgeHasBegun), nameof(BeginPurgeInTurn.PurgeHasBegun));
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);
    }
}
