using PrivacyFunctions.Backups.Model;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The host's timers may fire a second early; nothing of an account's end happens before its instant.</summary>
[Clause("L8")]
public class PunctualTerminationTests
{
    private static readonly TerminationInstants Instants = TerminationRun.Effect.Instants;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Confirmed_TimersASecondEarly_NothingHappensBeforeItsInstant()
    {
        await using var run = await TerminationRun.StartAsync(early: Second);
        await run.TakeEffectAsync();
        await ComeToAsync(run, Instants.UndoUntil);
        await ComeToAsync(run, Instants.PurgeFrom);
        await ComeToAsync(run, Instants.PurgeFrom + TimeSpan.FromHours(12));
        var purgedAt = run.Case.PurgedAt!.Value;
        await ComeToAsync(run, purgedAt + TimeSpan.FromDays(1));
        await ComeToAsync(run, BackupsClock.CheckAt(purgedAt, run.Case.Id));
        await ComeToAsync(run, purgedAt + TimeSpan.FromDays(35));

        Assert.Equal(CaseOutcome.Purged, run.Case.Outcome);
        Assert.Equal(
            [purgedAt + TimeSpan.FromDays(1), purgedAt + TimeSpan.FromDays(35)], run.TimesOf(nameof(RescanAccount)), NoMoreThanASecondLater);
        NotBefore(Instants.UndoUntil, nameof(EndUndoWindow));
        NotBefore(Instants.PurgeFrom + TimeSpan.FromHours(12), nameof(ListPurge));
        NotBefore(BackupsClock.CheckAt(run.Case.PurgedAt!.Value, run.Case.Id), nameof(CheckBackups));

        void NotBefore(DateTimeOffset instant, string activity) =>
            Assert.InRange(Assert.Single(run.TimesOf(activity)), instant, instant + Second);
    }

    [Fact]
    public async Task NeverConfirmed_TimersASecondEarly_IsGivenUpWhenItsTimeIsOver()
    {
        await using var run = await TerminationRun.StartAsync(early: Second);
        await run.BeginAsync();
        await ComeToAsync(run, run.Case.ConfirmBy);
        Assert.InRange(Assert.Single(run.TimesOf(nameof(GiveUpWaiting))), run.Case.ConfirmBy, run.Case.ConfirmBy + Second);
        Assert.True(await run.IsCompletedAsync());
    }

    private static bool NoMoreThanASecondLater(DateTimeOffset due, DateTimeOffset at) => at >= due && at <= due + Second;

    // In small steps, so that a timer that fires early is seen to do so.
    private static async Task ComeToAsync(TerminationRun run, DateTimeOffset instant)
    {
        await run.PassToAsync(instant - (2 * Second));
        for (var step = 0; step < 20; step++) await run.PassAsync(Second / 5);
    }
}
