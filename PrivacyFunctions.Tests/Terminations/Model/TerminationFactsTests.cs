using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations.Model;

/// <summary>What the audit trail of a termination says of each decision, and what the case keeps of it.</summary>
[Clause("T-ACTIVE")]
public class TerminationFactsTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly TerminationPlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), 14);
    private static readonly AccountId Account = AccountId.Parse("c-1");

    private static readonly TerminationFact.Terminated TakesEffect = new(
        TerminationClock.Plan(new(2026, 2, 10), 14, 30), new(Now.AddDays(15), Now.AddDays(50), Now.AddDays(90)))
    {
        AccountSince = Now.AddYears(-2),
    };

    private static Termination Asked => Of(TerminationBy.Owner);

    private static Termination Undoable => Asked.After(state => TerminationDecisions.Confirm(state, true, TakesEffect));

    [Fact]
    public void Receive_ATermination_TookNoEffectYet()
    {
        Assert.Equal(
            (Id(1), CaseKind.Termination, Now, Account, TerminationBy.Owner, Plan, TerminationStatus.AwaitingConfirmation),
            (Asked.Id, Asked.Kind, Asked.ReceivedAt, Asked.Account, Asked.By, Asked.Plan, Asked.Status));
        Assert.Equal((null, null, Now.AddDays(14)), (Asked.Dates, Asked.Instants, Asked.ConfirmBy));
        Assert.True(Asked.OwnerMayUndo);
    }

    [Fact]
    [Clause("L8")]
    public void Confirm_ByTheOwner_ProvesTheMailboxAndStartsTheClock()
    {
        Assert.Equal([new CaseFact.Confirmed(), TakesEffect], Facts(TerminationDecisions.Confirm(Asked, true, TakesEffect)));
        Assert.Equal(
            (TakesEffect.Dates, TakesEffect.Instants, TakesEffect.AccountSince),
            (Undoable.Dates, Undoable.Instants, Undoable.AccountSince));
    }

    [Fact]
    public void Confirm_ByTheCompany_ProvesNobodysMailbox() => Assert.All(
        [true, false],
        isOwner => Assert.Equal(
            [TakesEffect], Facts(TerminationDecisions.Confirm(Of(TerminationBy.Company), isOwner, TakesEffect))));

    [Fact]
    public void Confirm_ByAStranger_IsRefusedAndClosed() => Assert.Equal(
        [new CaseFact.Confirmed(), new TerminationFact.OwnershipRefused(), new CaseFact.Closed(CaseOutcome.NotTheOwner)],
        Facts(TerminationDecisions.Confirm(Asked, false, TakesEffect)));

    [Fact]
    public void Join_AnotherCase_NamesItAndIsClosed() => Assert.Equal(
        [new CaseFact.LinkedToOpenCase(Id(2)), new CaseFact.Closed(CaseOutcome.AnsweredByAnotherCase)],
        Facts(TerminationDecisions.Join(Asked, Id(2))));

    [Fact]
    public void Ask_UntilItIsConfirmed_IsNoted()
    {
        Assert.Equal([new CaseFact.ConfirmationAsked()], Facts(TerminationDecisions.Ask(Asked)));
        Assert.IsType<Decision.NothingToDo>(TerminationDecisions.Ask(Undoable));
    }

    [Fact]
    [Clause("T-EXPORT")]
    public void Offer_OfACopy_SaysWhatItHoldsAndIsMadeOnce()
    {
        Decision Offer(Termination state) => TerminationDecisions.Offer(state, new(2, 3, "ab", 1000), Now);
        Assert.Equal([new CaseFact.Gathered(2, 3), new CaseFact.ExportOffered(Now.AddDays(50), "ab", 1000)], Facts(Offer(Undoable)));
        Assert.IsType<Decision.NothingToDo>(Offer(Undoable.After(Offer)));
    }

    [Fact]
    [Clause("R-ERASE")]
    public void EndUndo_ByItselfOrForAnErasure_SaysWhich()
    {
        Assert.Equal([new TerminationFact.UndoOver(null)], Facts(TerminationDecisions.EndUndo(Undoable, Now.AddDays(15))));
        Assert.Equal([new TerminationFact.UndoOver(Id(3))], Facts(TerminationDecisions.EndUndoForErasure(Undoable, Id(3))));
    }

    /// <summary>People hear of a purge that is not finished; of what is over or has not begun there is nothing to say.</summary>
    [Theory]
    [InlineData(TerminationStatus.AwaitingConfirmation, false)]
    [InlineData(TerminationStatus.Undoable, true)]
    [InlineData(TerminationStatus.AwaitingPurge, true)]
    [InlineData(TerminationStatus.Purging, true)]
    [InlineData(TerminationStatus.AwaitingBackups, false)]
    [InlineData(TerminationStatus.Emptied, false)]
    [InlineData(TerminationStatus.Undone, false)]
    [InlineData(TerminationStatus.Closed, false)]
    public void Escalate_WhileTheDataIsThere_NamesTheDeadline(TerminationStatus status, bool isSaid)
    {
        var decided = TerminationDecisions.Escalate(Undoable with { Status = status });
        Assert.Equal(isSaid ? [new TerminationFact.PurgeEscalated(new(2026, 5, 10))] : [], (decided as Decision.Change)?.Facts ?? []);
    }

    [Fact]
    [Clause("T-BACKUP")]
    public void Search_AfterThePurge_SaysThatNothingCameBackOrWhatDid()
    {
        foreach (var status in new[] { TerminationStatus.AwaitingBackups, TerminationStatus.Emptied })
        {
            var state = Undoable with { Status = status };
            Assert.Equal([new TerminationFact.NothingCameBack()], Facts(TerminationDecisions.NoteSearch(state, [])));
            TerminationFact.LeftoversFound[] found = [new("service-files", 2), new("service-notes", 1)];
            Assert.Equal(found, Facts(TerminationDecisions.NoteSearch(state, found)));
        }

        Assert.IsType<Decision.NothingToDo>(TerminationDecisions.NoteSearch(Undoable, []));
    }

    [Fact]
    [Clause("T-BACKUP")]
    public void Backups_ThatAreEmpty_NameTheOneThatWasOpened()
    {
        var state = Undoable with { Status = TerminationStatus.AwaitingBackups };
        Assert.Equal(
            [new TerminationFact.BackupsEmpty(new(2026, 4, 29), "ab")],
            Facts(TerminationDecisions.NoteBackupsEmpty(state, new(2026, 4, 29), "ab")));
    }

    private static IReadOnlyList<CaseFact> Facts(Decision decision) => Assert.IsType<Decision.Change>(decision).Facts;

    private static Termination Of(TerminationBy by) => TerminationDecisions.Receive(Id(1), Account, by, Plan, Now);

    private static CaseId Id(int number) => CaseId.Parse(number.ToString("x32"));
}
