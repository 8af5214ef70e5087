using PrivacyFunctions.Accounts;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Domain.Clock;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Accounts;

/// <summary>The procedure of an account's end, for real with skipped time: which steps, in which order, and when.</summary>
[Clause("T-ACTIVE")]
public class RunTerminationTests
{
    private static readonly TerminationInstants Instants = TerminationRun.Effect.Instants;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private static readonly string[] Asked = [nameof(AskOwner), nameof(ReadTermination), nameof(GiveUpWaiting)];

    private static readonly string[] TookEffect =
    [
        nameof(ReadTermination.ReadTerminationDates), nameof(TellOwner.TellTerminated), nameof(PackageServiceData),
        nameof(PackageServiceData.OfferServiceData),
    ];

    private static readonly string[] WindowOver = [nameof(ReadTermination), nameof(EndUndoWindow)];

    private static readonly string[] Purged =
    [
        nameof(BeginPurge), nameof(DeleteServiceExport), nameof(EnterPurge), nameof(PurgeDataSet), nameof(PurgeDataSet),
        nameof(PurgeDataSet), nameof(FinishPurge), nameof(DeleteServiceExport), nameof(CheckBackups.ScheduleBackupsCheck),
    ];

    private static readonly string[] EmptiedAndClosed =
        [nameof(CheckBackups), nameof(TellOwner.TellEmptied), nameof(CloseTermination)];

    [Fact]
    [Clause("T-BACKUP")]
    public async Task Confirmed_WokenByTheCleanup_IsPurgedThenAndClosedWhenItsBackupsAreGone()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.TakeEffectAsync();
        Assert.Equal([.. Asked, .. TookEffect], run.Calls);

        await run.PassToAsync(Instants.UndoUntil - Tick);
        Assert.Equal(TerminationStatus.Undoable, run.Case.Status);
        await run.PassToAsync(Instants.UndoUntil);
        Assert.Equal([.. Asked, .. TookEffect, .. WindowOver], run.Calls);

        await run.PassToAsync(Instants.PurgeFrom);
        Assert.Equal(TerminationStatus.AwaitingPurge, run.Case.Status);
        await run.WakeAsync();
        Assert.Equal([.. Asked, .. TookEffect, .. WindowOver, .. Purged], run.Calls);

        var check = BackupsClock.CheckAt(run.Case.PurgedAt!.Value, run.Case.Id);
        await run.PassToAsync(check - Tick);
        Assert.DoesNotContain(nameof(CheckBackups), run.Calls);
        await run.PassToAsync(check);
        Assert.Equal([.. Asked, .. TookEffect, .. WindowOver, .. Purged, .. EmptiedAndClosed], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.Purged, run.Case.Outcome);
        Histories.Record(run.History(), TerminationRun.Version);
        Histories.Record(run.History(TerminationRun.PurgeInstance), TerminationRun.PurgeVersion);
    }

    [Fact]
    public async Task Confirmed_MissedByTheCleanup_IsPurgedByItsOwnTimerHalfADayLater()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.LiveToPurgeAsync();
        await run.PassToAsync(Instants.PurgeFrom + TimeSpan.FromHours(12) - Tick);
        Assert.Equal(TerminationStatus.AwaitingPurge, run.Case.Status);

        await run.PassAsync(Tick);
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);
        await run.PassAsync(TimeSpan.FromDays(29));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    [Clause("L8")]
    public async Task WokenByACleanupForAnotherDate_BeginsNothingBeforeItsStartInstant()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.TakeEffectAsync();
        await run.WakeAsync(); // still to be undone
        Assert.Equal(TerminationStatus.Undoable, run.Case.Status);
        await run.PassToAsync(Instants.UndoUntil);
        foreach (var early in new[] { TimeSpan.FromDays(10), TimeSpan.FromHours(1), Tick })
        {
            await run.PassToAsync(Instants.PurgeFrom - early);
            await run.WakeAsync();
            Assert.Equal(TerminationStatus.AwaitingPurge, run.Case.Status);
        }

        Assert.DoesNotContain(nameof(EnterPurge), run.Calls);
        await run.PassToAsync(Instants.PurgeFrom);
        await run.WakeAsync();
        await run.WakeAsync(); // and again, when there is nothing to be woken for
        Assert.Equal(1, run.Calls.Count(call => call == nameof(EnterPurge)));
        await run.PassAsync(TimeSpan.FromDays(29));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    [Clause("T-KEEP")]
    public async Task Undone_InTime_IsToldAndClosedAndNothingIsPurged()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.TakeEffectAsync();
        await run.PassToAsync(Instants.UndoUntil - Tick);
        await run.DecideAndWakeAsync(state => TerminationDecisions.Undo(state, Instants.UndoUntil - Tick));

        Assert.Equal(
            [
                .. Asked, .. TookEffect, .. WindowOver, nameof(DeleteServiceExport), nameof(TellOwner.TellUndone),
                nameof(CloseTermination),
            ],
            run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.Undone, run.Case.Outcome);
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    [Clause("T-KEEP")]
    public async Task Undone_ButNeverWoken_IsHeardAtTheWindowsEnd()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.TakeEffectAsync();
        run.Decide(state => TerminationDecisions.Undo(state, Instants.UndoUntil - Tick));
        await run.PassToAsync(Instants.UndoUntil);
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.Undone, run.Case.Outcome);
        Assert.DoesNotContain(nameof(EnterPurge), run.Calls);
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    [Clause("R-ERASE")]
    public async Task UndoEndedByAnErasure_WaitsForItsPurgeAllTheSame()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.TakeEffectAsync();
        await run.DecideAndWakeAsync(state => TerminationDecisions.EndUndoForErasure(state, CaseId.Parse(new('e', 32))));
        Assert.Equal([.. Asked, .. TookEffect, .. WindowOver], run.Calls);
        await run.PassToAsync(Instants.PurgeFrom - Tick);
        Assert.DoesNotContain(nameof(EnterPurge), run.Calls);

        await run.PassToAsync(Instants.PurgeFrom + TimeSpan.FromHours(12));
        await run.PassAsync(TimeSpan.FromDays(29));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    [Clause("L9")]
    public async Task NeverConfirmed_IsToldAndClosed()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.BeginAsync();
        await run.PassToAsync(run.Case.ConfirmBy - Tick);
        Assert.Equal([nameof(AskOwner)], run.Calls);
        await run.PassToAsync(run.Case.ConfirmBy);

        Assert.Equal([.. Asked, nameof(TellOwner.TellNotConfirmed), nameof(CloseTermination)], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.NotIdentified, run.Case.Outcome);
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    public async Task ConfirmedByAStranger_IsClosedAndNothingElse()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAndWakeAsync(state => TerminationDecisions.Confirm(state, isOwner: false, TerminationRun.Effect));

        Assert.Equal([.. Asked, nameof(CloseTermination)], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.NotTheOwner, run.Case.Outcome);
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    public async Task CompanysDecision_TakesEffectWithoutAnybodysWord()
    {
        await using var run = await TerminationRun.StartAsync(TerminationBy.Company);
        await run.BeginAsync();
        Assert.Equal([nameof(DecideForCompany), .. TookEffect], run.Calls);

        await run.PassToAsync(Instants.UndoUntil);
        await run.PassToAsync(Instants.PurgeFrom + TimeSpan.FromHours(12));
        await run.PassAsync(TimeSpan.FromDays(29));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    public async Task CompanysDecision_OnAnAccountThatEndsAlready_IsClosedAndItsMailboxForgotten()
    {
        await using var run = await TerminationRun.StartAsync(TerminationBy.Company);
        run.Decide(state => TerminationDecisions.Join(state, CaseId.Parse(new('e', 32))));
        await run.BeginAsync();
        Assert.Equal([nameof(DecideForCompany), nameof(CloseTermination)], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    public async Task CompanysDecision_UndoneBeforeTheStepIsRepeated_IsToldAndClosed()
    {
        await using var run = await TerminationRun.StartAsync(TerminationBy.Company);
        run.Decide(state => TerminationDecisions.Confirm(state, isOwner: true, TerminationRun.Effect));
        run.Decide(state => TerminationDecisions.Undo(state, Instants.UndoUntil - Tick));
        await run.BeginAsync();
        await run.WakeAsync();
        Assert.Equal([nameof(TellOwner.TellUndone), nameof(CloseTermination)], run.Calls.TakeLast(2));
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.Undone, run.Case.Outcome);
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    public async Task Purge_StuckUntilItsDeadlineIsNear_IsShownToPeopleAndGoesOn()
    {
        await using var run = await TerminationRun.StartAsync();
        await run.LiveToPurgeAsync();
        foreach (var rest in Enumerable.Repeat(PurgeRest.Held, 65)) run.Rests.Enqueue(rest);
        await run.WakeAsync();
        await DaysPassUntilAsync(run, Instants.PurgeBy - TimeSpan.FromDays(3) - Tick);
        Assert.DoesNotContain(nameof(EscalatePurge), run.Calls);
        await run.PassAsync(Tick);
        Assert.Contains(nameof(EscalatePurge), run.Calls);

        await DaysPassUntilAsync(run, Instants.PurgeBy + TimeSpan.FromDays(40));
        Assert.Equal(1, run.Calls.Count(call => call == nameof(EscalatePurge)));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    [Clause("T-EXPORT")]
    public async Task Package_ThatCannotBeMade_HoldsUpNothingThatWasPromised()
    {
        await using var run = await TerminationRun.StartAsync();
        run.Failures[nameof(PackageServiceData)] = 1_000_000;
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);

        run.Failures.Clear(); // as the step itself does once there is nothing to be packed
        for (var day = 0; day < 30; day++) await run.PassAsync(TimeSpan.FromDays(1));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    public async Task Owner_WhoseMailboxHadEnoughMails_IsAskedOnAnotherDay()
    {
        await using var run = await TerminationRun.StartAsync();
        run.MailsTomorrow = 2;
        await run.BeginAsync();
        Assert.Equal([nameof(AskOwner)], run.Calls);
        await run.PassAsync(TimeSpan.FromDays(1));
        await run.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal([nameof(AskOwner), nameof(AskOwner), nameof(AskOwner)], run.Calls);

        await run.DecideAndWakeAsync(state => TerminationDecisions.Confirm(state, isOwner: true, TerminationRun.Effect));
        Assert.Equal(TookEffect, run.Calls.TakeLast(TookEffect.Length));
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    [Clause("T-BACKUP")]
    public async Task Backups_StillHoldingIt_AreShownAndLookedAtUntilTheyDoNot()
    {
        await using var run = await TerminationRun.StartAsync();
        run.BackupsLeft = 2;
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        await run.PassToAsync(BackupsClock.CheckAt(run.Case.PurgedAt!.Value, run.Case.Id));
        Assert.Equal([nameof(CheckBackups), nameof(NoteAttention)], run.Calls.TakeLast(2));

        await run.PassAsync(TimeSpan.FromHours(6));
        Assert.Equal([nameof(CheckBackups), nameof(NoteAttention)], run.Calls.TakeLast(2));
        await run.PassAsync(TimeSpan.FromHours(6));
        Assert.Equal(
            [nameof(CheckBackups), nameof(NoteRecovery), nameof(TellOwner.TellEmptied), nameof(CloseTermination)],
            run.Calls.TakeLast(4));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
        Histories.Record(await run.StageHistoryAsync(nameof(AskUntil)), "ask-v2");
    }

    private static async Task DaysPassUntilAsync(TerminationRun run, DateTimeOffset instant)
    {
        for (var day = Instants.PurgeFrom; day < instant; day += TimeSpan.FromDays(1))
            if (day > run.Now) await run.PassToAsync(day);
        await run.PassToAsync(instant);
    }
}
