using PrivacyFunctions.Backups.Model;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The procedure of an account's end, for real with skipped time: which steps, in which order, and when.</summary>
[Clause("T-ACTIVE")]
public class RunTerminationTests
{
    private static readonly TerminationInstants Instants = TerminationRun.Effect.Instants;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private static readonly string[] Asked = [nameof(AskOwner), nameof(ReadTermination), nameof(GiveUpWaiting)];

    private static readonly string[] TookEffect =
    [
        nameof(ReadTermination.ReadTerminationDates), nameof(TellOwner.TellTerminated), nameof(PackageServiceData.PackagePart),
        nameof(PackageServiceData.OfferServiceData),
    ];

    private static readonly string[] WindowOver = [nameof(ReadTermination), nameof(EndUndoWindow)];

    // The sets that go side by side have no order among themselves.
    private static readonly string[] Purged =
    [
        nameof(BeginPurgeInTurn), nameof(DeleteServiceExport), nameof(ListPurge), SideBySide, nameof(EnterPurge.EnterDataSet),
        nameof(PurgeDataSet), nameof(FinishPurge), nameof(DeleteServiceExport), nameof(ReadTermination.ReadPurgeEnd),
    ];

    private static readonly string[] SearchedAgain =
        [nameof(RescanAccount), nameof(ReadTermination.ReadPurgeEnd), nameof(CheckBackups.ScheduleBackupsCheck)];

    private static readonly string[] Emptied =
        [nameof(CheckBackups), nameof(TellOwner.TellEmptied), nameof(ReadTermination.ReadPurgeEnd)];

    private static readonly string[] SearchedLastAndClosed = [nameof(RescanAccount), nameof(CloseTermination)];

    private const string SideBySide = "three sets side by side";

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
        Assert.Equal([.. Asked, .. TookEffect, .. WindowOver, .. Purged], InOrder(run.Calls));

        var purgedAt = run.Case.PurgedAt!.Value;
        await run.PassToAsync(purgedAt + TimeSpan.FromDays(1) - Tick);
        Assert.DoesNotContain(nameof(RescanAccount), run.Calls);
        await run.PassAsync(Tick);
        Assert.Equal(SearchedAgain, run.Calls.TakeLast(SearchedAgain.Length));
        var check = BackupsClock.CheckAt(purgedAt, run.Case.Id);
        await run.PassToAsync(check - Tick);
        Assert.DoesNotContain(nameof(CheckBackups), run.Calls);
        await run.PassToAsync(check);
        Assert.Equal(Emptied, run.Calls.TakeLast(Emptied.Length));
        await run.PassToAsync(purgedAt + TimeSpan.FromDays(35) - Tick);
        Assert.Equal(TerminationStatus.Emptied, run.Case.Status);
        await run.PassAsync(Tick);
        Assert.Equal(
            [.. Asked, .. TookEffect, .. WindowOver, .. Purged, .. SearchedAgain, .. Emptied, .. SearchedLastAndClosed],
            InOrder(run.Calls));
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.Purged, run.Case.Outcome);
        Histories.Record(run.History(), TerminationRun.Version);
        Histories.Record(run.History(TerminationRun.PurgeInstance), "empty-v3");
        Histories.Record(run.History(TerminationRun.AfterPurgeInstance), "stay-empty-v3");
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
        await run.PassDaysAsync(36);
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

        Assert.DoesNotContain(nameof(ListPurge), run.Calls);
        await run.PassToAsync(Instants.PurgeFrom);
        await run.WakeAsync();
        await run.WakeAsync(); // and again, when there is nothing to be woken for
        Assert.Equal(1, run.Calls.Count(call => call == nameof(ListPurge)));
        await run.PassDaysAsync(36);
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
        Assert.DoesNotContain(nameof(ListPurge), run.Calls);
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
        Assert.DoesNotContain(nameof(ListPurge), run.Calls);

        await run.PassToAsync(Instants.PurgeFrom + TimeSpan.FromHours(12));
        await run.PassDaysAsync(36);
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
        await run.PassDaysAsync(36);
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

    private static async Task DaysPassUntilAsync(TerminationRun run, DateTimeOffset instant)
    {
        for (var day = Instants.PurgeFrom; day < instant; day += TimeSpan.FromDays(1))
            if (day > run.Now) await run.PassToAsync(day);
        await run.PassToAsync(instant);
    }

    private static IEnumerable<string> InOrder(IReadOnlyList<string> calls)
    {
        string[] sets =
        [
            .. Enumerable.Repeat(nameof(EnterPurge.EnterDataSet), 3), .. Enumerable.Repeat(nameof(PurgeDataSet), 3),
        ];
        var begin = calls.ToList().IndexOf(nameof(ListPurge)) + 1;
        Assert.Equal(sets, calls.Skip(begin).Take(sets.Length).Order());
        return [.. calls.Take(begin), SideBySide, .. calls.Skip(begin + sets.Length)];
    }
}
