using CsCheck;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations.Model;

[Clause("T-ACTIVE")]
public class TerminationDecisionsTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly TerminationDates Dates = TerminationClock.Plan(new(2026, 2, 10), 14, 30);

    private static readonly TerminationInstants Instants = new(
        new(2026, 2, 25, 0, 0, 0, TimeSpan.Zero), new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero),
        new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero));

    private static readonly PackageContents Contents = new(2, 3, "ab", 1000);

    /// <summary>Which command moves which status where; every other pair changes nothing but what people are told.</summary>
    private static readonly Dictionary<(TerminationStatus From, string Command), TerminationStatus> Moves = new()
    {
        [(TerminationStatus.AwaitingConfirmation, nameof(Command.Confirm))] = TerminationStatus.Undoable,
        [(TerminationStatus.AwaitingConfirmation, nameof(Command.ConfirmByStranger))] = TerminationStatus.Closed,
        [(TerminationStatus.AwaitingConfirmation, nameof(Command.Join))] = TerminationStatus.Closed,
        [(TerminationStatus.AwaitingConfirmation, nameof(Command.GiveUpWaiting))] = TerminationStatus.NotConfirmed,
        [(TerminationStatus.Undoable, nameof(Command.Undo))] = TerminationStatus.Undone,
        [(TerminationStatus.Undoable, nameof(Command.EndUndo))] = TerminationStatus.AwaitingPurge,
        [(TerminationStatus.Undoable, nameof(Command.EndUndoForErasure))] = TerminationStatus.AwaitingPurge,
        [(TerminationStatus.AwaitingPurge, nameof(Command.BeginPurge))] = TerminationStatus.Purging,
        [(TerminationStatus.Purging, nameof(Command.NotePurged))] = TerminationStatus.AwaitingBackups,
        [(TerminationStatus.AwaitingBackups, nameof(Command.NoteBackupsEmpty))] = TerminationStatus.Emptied,
        [(TerminationStatus.AwaitingBackups, nameof(Command.NoteLeftovers))] = TerminationStatus.Purging,
        [(TerminationStatus.Emptied, nameof(Command.NoteLeftovers))] = TerminationStatus.Purging,
        [(TerminationStatus.Emptied, nameof(Command.Close))] = TerminationStatus.Closed,
        [(TerminationStatus.Undone, nameof(Command.Close))] = TerminationStatus.Closed,
        [(TerminationStatus.NotConfirmed, nameof(Command.Close))] = TerminationStatus.Closed,
    };

    private static Termination Asked => new()
    {
        Id = Id(1), Kind = CaseKind.Termination, ReceivedAt = Start, Account = AccountId.Parse("c-1"), By = TerminationBy.Owner,
        Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), 14),
    };

    private static Termination Undoable => Asked.After(Command.Confirm.At(Start));

    private static Termination AwaitingPurge => Undoable.After(Command.EndUndo.At(Instants.UndoUntil));

    private static Termination Purging => AwaitingPurge.After(Command.BeginPurge.At(Instants.PurgeFrom));

    private static Termination AwaitingBackups => Purging.After(Command.NotePurged.At(Instants.PurgeFrom));

    private static Termination Emptied => AwaitingBackups.After(Command.NoteBackupsEmpty.At(Start));

    private static Termination Undone => Undoable.After(Command.Undo.At(Start));

    private static Termination NotConfirmed => Asked.After(Command.GiveUpWaiting.At(Asked.ConfirmBy));

    [Fact]
    public void EveryCommand_InEveryStatus_MovesItOnlyAsTheTableSays()
    {
        Termination[] cases =
        [
            Asked, Undoable, AwaitingPurge, Purging, AwaitingBackups, Emptied, Undone, NotConfirmed,
            Emptied.After(TerminationDecisions.Close), Undone.After(TerminationDecisions.Close),
        ];
        foreach (var state in cases)
            foreach (var command in Command.All.Append(Command.NoteLeftovers))
            {
                // An instant at which none of them is refused for its time.
                var at = command == Command.Undo ? Start : Instants.PurgeFrom;
                var expected = Moves.GetValueOrDefault((state.Status, command.Name), state.Status);
                Assert.True(expected == state.After(command.At(at)).Status, $"{command.Name} of {state.Status}");
            }
    }

    [Fact]
    [Clause("L8")]
    public void Undo_UntilTheWindowsEnd_KeepsTheAccountAndFromThenOnIsRefused()
    {
        Assert.Equal(TerminationStatus.Undone, Undoable.After(Command.Undo.At(Instants.UndoUntil.AddTicks(-1))).Status);
        Assert.Equal(TerminationStatus.Undoable, Undoable.After(Command.Undo.At(Instants.UndoUntil)).Status);
    }

    [Fact]
    [Clause("L8")]
    public void BeginPurge_BeforeItsStartInstant_DoesNothingWhoeverAsks()
    {
        var early = AwaitingPurge.After(Command.BeginPurge.At(Instants.PurgeFrom.AddTicks(-1)));
        Assert.Equal(TerminationStatus.AwaitingPurge, early.Status);
        Assert.Equal(TerminationStatus.Purging, AwaitingPurge.After(Command.BeginPurge.At(Instants.PurgeFrom)).Status);
    }

    [Fact]
    [Clause("L8")]
    public void EndUndo_BeforeTheWindowsEnd_DoesNothing()
    {
        Assert.Equal(TerminationStatus.Undoable, Undoable.After(Command.EndUndo.At(Instants.UndoUntil.AddTicks(-1))).Status);
        Assert.Equal(TerminationStatus.AwaitingPurge, Undoable.After(Command.EndUndo.At(Instants.UndoUntil)).Status);
    }

    [Fact]
    [Clause("L9")]
    public void GiveUpWaiting_BeforeTheLinksEnd_DoesNothing()
    {
        var early = Asked.After(Command.GiveUpWaiting.At(Asked.ConfirmBy.AddTicks(-1)));
        Assert.Equal(TerminationStatus.AwaitingConfirmation, early.Status);
        Assert.Equal(TerminationStatus.NotConfirmed, NotConfirmed.Status);
    }

    [Fact]
    [Clause("T-ACTIVE")]
    public void PurgeHasBegun_InEveryStatus_IsTrueFromItsBeginningOn() => Assert.Equal(
        [false, false, false, false, false, false, true, true, true, true],
        new[]
        {
            Asked, Undoable, AwaitingPurge, Undone, NotConfirmed, Undone.After(TerminationDecisions.Close),
            Purging, AwaitingBackups, Emptied, Emptied.After(TerminationDecisions.Close),
        }.Select(state => state.PurgeHasBegun));

    [Fact]
    [Clause("R-ERASE")]
    public void Undo_AfterAnErasureEndedTheWindow_IsRefused()
    {
        var ended = Undoable.After(Command.EndUndoForErasure.At(Start));
        Assert.IsType<Decision.NothingToDo>(TerminationDecisions.Undo(ended, Start));
        Assert.Equal(TerminationStatus.AwaitingPurge, ended.After(Command.Undo.At(Start)).Status);
    }

    [Fact]
    [Clause("R-ERASE")]
    public void EndUndoForErasure_AfterAnUndo_DoesNothing() =>
        Assert.IsType<Decision.NothingToDo>(TerminationDecisions.EndUndoForErasure(Undone, Id(3)));

    [Fact]
    public void Confirm_ByAStranger_EndsTheCaseAndStartsNoClock()
    {
        var refused = Asked.After(Command.ConfirmByStranger.At(Start));
        Assert.Equal((true, CaseOutcome.NotTheOwner, null), (refused.IsClosed, refused.Outcome, refused.Dates));
    }

    [Fact]
    [Clause("T-EXPORT")]
    public void Offer_UntilThePurge_IsOpenUntilItsStartInstant()
    {
        foreach (var state in new[] { Undoable, AwaitingPurge })
            Assert.Equal(Instants.PurgeFrom, state.After(Command.Offer.At(Start)).OfferedUntil);
        foreach (var state in new[] { Asked, Undone, Purging, Emptied })
            Assert.Null(state.After(Command.Offer.At(Start)).OfferedUntil);
    }

    [Fact]
    [Clause("T-EXPORT")]
    public void Offer_ThatComesLate_IsOpenForAWeekAsLongAsTheDeadlineAllows()
    {
        Assert.Equal(Instants.PurgeFrom, UntilWhenMadeAt(Instants.PurgeFrom.AddDays(-7)));
        Assert.Equal(Instants.PurgeFrom.AddDays(1), UntilWhenMadeAt(Instants.PurgeFrom.AddDays(-6)));
        Assert.Equal(Instants.PurgeFrom.AddDays(17), UntilWhenMadeAt(Instants.PurgeFrom.AddDays(10)));
        Assert.Equal(Instants.PurgeBy.AddDays(-3), UntilWhenMadeAt(Instants.PurgeBy.AddDays(-4)));
        Assert.Null(UntilWhenMadeAt(Instants.PurgeBy.AddDays(-3)));

        static DateTimeOffset? UntilWhenMadeAt(DateTimeOffset at) => AwaitingPurge.After(Command.Offer.At(at)).OfferedUntil;
    }

    [Fact]
    [Clause("R-ACCESS")]
    [Clause("T-EXPORT")]
    public void GoesFirst_UntilThreeDaysBeforeTheDeadline_IsTheCopyAndThenTheAccessRequest()
    {
        var offered = AwaitingPurge.After(Command.Offer.At(Instants.PurgeFrom.AddDays(-1)));
        Assert.Equal(PurgeForerunner.OwnersCopy, TerminationDecisions.GoesFirst(AwaitingPurge, true, true, Instants.PurgeFrom));
        Assert.Equal(PurgeForerunner.OwnersCopy, TerminationDecisions.GoesFirst(offered, false, false, Instants.PurgeFrom));
        Assert.Null(TerminationDecisions.GoesFirst(offered, false, false, offered.OfferedUntil!.Value));
        Assert.Equal(PurgeForerunner.AccessRequest, TerminationDecisions.GoesFirst(AwaitingPurge, false, true, Instants.PurgeFrom));
        Assert.Null(TerminationDecisions.GoesFirst(AwaitingPurge, false, false, Instants.PurgeFrom));
        Assert.Equal(
            PurgeForerunner.AccessRequest,
            TerminationDecisions.GoesFirst(AwaitingPurge, false, true, Instants.PurgeBy.AddDays(-3).AddTicks(-1)));
        Assert.Null(TerminationDecisions.GoesFirst(AwaitingPurge, true, true, Instants.PurgeBy.AddDays(-3)));
    }

    [Fact]
    public void Defer_OnlyWhileThePurgeWaits_SaysUntilWhen()
    {
        var deferred = Assert.IsType<Decision.Change>(TerminationDecisions.Defer(AwaitingPurge, PurgeForerunner.AccessRequest));
        Assert.Equal([new TerminationFact.PurgeDeferred(PurgeForerunner.AccessRequest, Instants.PurgeBy.AddDays(-3))], deferred.Facts);
        Assert.IsType<Decision.NothingToDo>(TerminationDecisions.Defer(Purging, PurgeForerunner.AccessRequest));
    }

    [Fact]
    [Clause("T-BACKUP")]
    public void NotePurged_AfterLeftovers_BeginsTheBackupsMonthAnew()
    {
        var (first, again) = (AwaitingBackups, Instants.PurgeFrom.AddDays(1));
        var purgedAgain = first.After(Command.NoteLeftovers.At(again)).After(Command.NotePurged.At(again));
        Assert.Equal((TerminationStatus.AwaitingBackups, again), (purgedAgain.Status, purgedAgain.PurgedAt));
        Assert.NotEqual(again, first.PurgedAt);
    }

    [Fact]
    public void Close_OfEachEnd_SaysHowItEnded() => Assert.Equal(
        [CaseOutcome.Purged, CaseOutcome.Undone, CaseOutcome.NotIdentified],
        new[] { Emptied, Undone, NotConfirmed }.Select(state => state.After(TerminationDecisions.Close).Outcome));

    [Fact]
    [Clause("T-KEEP")]
    public void AnyOrderOfCommands_PurgesOnlyWhatWasConfirmedAndNotUndoneAndClosesForGood() =>
        Gen.Select(Gen.Int[0, Command.All.Count - 1], Gen.Int[0, 120]).Array[0, 40].Sample(commands =>
        {
            var (state, facts) = (Asked, new List<CaseFact>());
            foreach (var (command, day) in commands)
            {
                if (Command.All[command].At(Start.AddDays(day))(state) is not Decision.Change change) continue;
                var begins = change.Facts.Any(fact => fact is TerminationFact.PurgeBegun);
                if (state.IsClosed || (begins && Start.AddDays(day) < Instants.PurgeFrom)) return false;
                facts.AddRange(change.Facts);
                state = (Termination)change.Facts.Aggregate((Case)state, (found, fact) => found.Apply(fact, Start.AddDays(day)));
            }

            return Follows<TerminationFact.Terminated, CaseFact.Confirmed>(facts)
                && Follows<TerminationFact.UndoOver, TerminationFact.Terminated>(facts)
                && Follows<TerminationFact.PurgeBegun, TerminationFact.UndoOver>(facts)
                && Follows<TerminationFact.Purged, TerminationFact.PurgeBegun>(facts)
                && Follows<TerminationFact.BackupsEmpty, TerminationFact.Purged>(facts)
                && !(facts.OfType<TerminationFact.TerminationUndone>().Any() && facts.OfType<TerminationFact.UndoOver>().Any())
                && facts.OfType<CaseFact.Closed>().Count() == (state.IsClosed ? 1 : 0)
                && (state.Outcome != CaseOutcome.Purged || facts.OfType<TerminationFact.BackupsEmpty>().Any());
        });

    // It happens once at most, and never without the other one before it.
    private static bool Follows<TFact, TBefore>(List<CaseFact> facts)
        where TFact : CaseFact
        where TBefore : CaseFact
    {
        var at = facts.FindIndex(fact => fact is TFact);
        if (at < 0) return true;
        var before = facts.FindIndex(fact => fact is TBefore);
        return before >= 0 && before < at && facts.FindLastIndex(fact => fact is TFact) == at;
    }

    private static CaseId Id(int number) => CaseId.Parse(number.ToString("x32"));

    /// <summary>A command with everything but its instant.</summary>
    private sealed record Command(string Name, Func<DateTimeOffset, Func<Termination, Decision>> At)
    {
        public static readonly Command Confirm =
            new(nameof(Confirm), _ => state => TerminationDecisions.Confirm(state, true, new(Dates, Instants)));

        public static readonly Command ConfirmByStranger =
            new(nameof(ConfirmByStranger), _ => state => TerminationDecisions.Confirm(state, false, new(Dates, Instants)));

        public static readonly Command Ask = new(nameof(Ask), _ => TerminationDecisions.Ask);
        public static readonly Command Join = new(nameof(Join), _ => state => TerminationDecisions.Join(state, Id(2)));
        public static readonly Command GiveUpWaiting =
            new(nameof(GiveUpWaiting), at => state => TerminationDecisions.GiveUpWaiting(state, at));

        public static readonly Command Offer = new(nameof(Offer), at => state => TerminationDecisions.Offer(state, Contents, at));
        public static readonly Command Undo = new(nameof(Undo), at => state => TerminationDecisions.Undo(state, at));
        public static readonly Command EndUndo = new(nameof(EndUndo), at => state => TerminationDecisions.EndUndo(state, at));

        public static readonly Command EndUndoForErasure =
            new(nameof(EndUndoForErasure), _ => state => TerminationDecisions.EndUndoForErasure(state, Id(3)));

        public static readonly Command BeginPurge =
            new(nameof(BeginPurge), at => state => TerminationDecisions.BeginPurge(state, at));

        public static readonly Command Escalate = new(nameof(Escalate), _ => TerminationDecisions.Escalate);

        public static readonly Command NotePurged =
            new(nameof(NotePurged), at => state => TerminationDecisions.NotePurged(state, at));

        public static readonly Command NoteBackupsEmpty =
            new(nameof(NoteBackupsEmpty), _ => state => TerminationDecisions.NoteBackupsEmpty(state, new(2026, 4, 29), "ab"));

        public static readonly Command NoteNothing = new(nameof(NoteNothing), _ => state => TerminationDecisions.NoteSearch(state, []));

        public static readonly Command NoteLeftovers =
            new(nameof(NoteLeftovers), _ => state => TerminationDecisions.NoteSearch(state, [new("service-files", 2)]));

        public static readonly Command Close = new(nameof(Close), _ => TerminationDecisions.Close);

        public static IReadOnlyList<Command> All { get; } =
        [
            Confirm, ConfirmByStranger, Ask, Join, GiveUpWaiting, Offer, Undo, EndUndo, EndUndoForErasure, BeginPurge, Escalate,
            NotePurged, NoteBackupsEmpty, NoteNothing, Close,
        ];
    }
}
