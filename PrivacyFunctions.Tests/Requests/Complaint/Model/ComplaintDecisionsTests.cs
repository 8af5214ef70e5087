using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Complaint.Model;

[Clause("R-COMPLAIN")]
[Clause("L10")]
public class ComplaintDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CaseId Another = CaseId.Parse("00000000000000000000000000000002");

    private static ComplaintRequest New => RequestDecisions.Receive(
        ComplaintRequest.New, CaseId.Parse("00000000000000000000000000000001"),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), Now, new(2026, 3, 2),
        Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request;

    private static ComplaintRequest Waiting => New.After(state => ComplaintDecisions.NoteAcknowledged(state, Now));

    private static ComplaintRequest Decided => Waiting.After(
        state => ComplaintDecisions.Decide(state, ComplaintFinding.PartlyUpheld, "op-7", "0a", 1));

    private static ComplaintRequest Told => Decided.After(state => ComplaintDecisions.NoteTold(state, Now.AddDays(1)));

    private static ComplaintRequest Closed => Told.After(state => RequestDecisions.Close(state, Now.AddDays(1)));

    [Fact]
    [Clause("L9")]
    public void New_AsksNobodyForAProof_AndIsDueInAMonth()
    {
        Assert.Equal((CaseStatus.Accepted, true, false), (New.Status, New.IsAtWork, New.CanBeConfirmed));
        Assert.Equal(new DateOnly(2026, 4, 2), New.DueOn);
        Assert.Same(Decision.Nothing, RequestDecisions.Ask(New));
        Assert.Same(Decision.Nothing, RequestDecisions.Confirm(New));
    }

    [Fact]
    public void Acknowledged_WaitsForAPerson_AndIsStillDue()
    {
        Assert.Equal((CaseStatus.AwaitingDecision, (DateTimeOffset?)Now), (Waiting.Status, Waiting.AcknowledgedAt));
        Assert.Equal((false, null, (DateOnly?)new(2026, 4, 2)), (Waiting.IsAtWork, Waiting.GoesOnAt, Waiting.DueOn));
        foreach (var later in new[] { Waiting, Decided, Told, Closed })
            Assert.Same(Decision.Nothing, ComplaintDecisions.NoteAcknowledged(later, Now.AddDays(1)));
    }

    [Fact]
    public void Decided_TheFirstDecisionStands_AndIsStillDueUntilItIsTold()
    {
        Assert.Equal(
            (CaseStatus.Accepted, (ComplaintFinding?)ComplaintFinding.PartlyUpheld, "0a"), (Decided.Status, Decided.Finding, Decided.Explanation));
        Assert.Equal((true, null, (DateOnly?)new(2026, 4, 2)), (Decided.IsAtWork, Decided.Done, Decided.DueOn));
        foreach (var other in new[] { New, Decided, Told, Closed })
            Assert.Same(Decision.Nothing, ComplaintDecisions.Decide(other, ComplaintFinding.Upheld, "op-8", "0b", 1));
    }

    [Fact]
    public void Told_OfTheDecisionAlone_AndThenItCanClose()
    {
        foreach (var other in new[] { New, Waiting, Told, Closed }) Assert.Same(Decision.Nothing, ComplaintDecisions.NoteTold(other, Now));
        foreach (var open in new[] { New, Waiting, Decided }) Assert.Same(Decision.Nothing, RequestDecisions.Close(open, Now.AddYears(1)));
        Assert.Equal((true, CaseOutcome.Answered, null), (Closed.IsClosed, Closed.Outcome, Closed.DueOn));
    }

    // What is written after the decision would have no answer, so it opens a case of its own.
    [Fact]
    public void Statement_ThatComesLater_IsAddedUntilTheDecision()
    {
        foreach (var open in new[] { New, Waiting })
            Assert.Equal(2, open.After(state => RequestDecisions.AddStatement(state, Another)).Statements);
        foreach (var over in new[] { Decided, Told, Closed })
        {
            Assert.False(over.CanBeJoined);
            Assert.Same(Decision.Nothing, RequestDecisions.AddStatement(over, Another));
        }
    }

    [Fact]
    public void Decision_OfSomebodyWhoHasNotReadAllOfIt_IsNone()
    {
        var more = Waiting.After(state => RequestDecisions.AddStatement(state, Another));
        foreach (var read in new[] { 0, 1, 3 })
            Assert.Same(Decision.Nothing, ComplaintDecisions.Decide(more, ComplaintFinding.Upheld, "op-7", "0a", read));
        Assert.Equal(ComplaintFinding.Upheld, more.After(state => ComplaintDecisions.Decide(state, ComplaintFinding.Upheld, "op-7", "0a", 2)).Finding);
    }

    [Fact]
    public void Decision_WhileThePersonIsAskedSomething_IsNone()
    {
        var asked = Waiting with { Correspondence = new() { Question = new("q1", new(2026, 3, 3), new(2026, 3, 3)) } };
        Assert.Same(Decision.Nothing, ComplaintDecisions.Decide(asked, ComplaintFinding.Upheld, "op-7", "0a", 1));
    }

    [Fact]
    [Clause("L2")]
    public void Extension_OfAComplaint_IsNotPossible()
    {
        foreach (var other in new[] { New, Waiting, Decided, Closed })
            Assert.Equal(ExtensionBar.NothingOwed, Extensions.WhyNot(other, new(2026, 3, 20)));
    }
}
