using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Requests.Use.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Use.Model;

/// <summary>What can happen to an objection to a use, and in which order.</summary>
[Clause("R-OBJECT")]
public class UseDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private static readonly DateOnly On = new(2026, 3, 20);
    private static readonly DateTimeOffset At = new(2026, 3, 20, 0, 0, 0, TimeSpan.Zero);

    private static UseRequest New => RequestDecisions.Receive(
        UseRequest.New, CaseId.FromBytes(new byte[16]), Plan, Now, new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"),
        "form", "c0").Request;

    private static UseRequest Confirmed => New.After(state => RequestDecisions.Confirm(state));

    private static UseRequest Stopped => Confirmed.After(state => UseDecisions.NoteStopped(state, ["usage-log", "forum-posts"], Now));

    private static UseRequest Upheld => Stopped.After(state => UseDecisions.Weigh(state, Weighing.Upheld, false, "op-7", "0a", 1));

    private static UseRequest Told => Upheld.After(state => UseDecisions.NoteUpheldTold(state, Now));

    private static UseRequest Overridden => Stopped.After(state => UseDecisions.Weigh(state, Weighing.Overridden, false, "op-7", "0a", 1));

    private static UseRequest Announced => Overridden.After(state => RestrictionDecisions.AnnounceLifting(state, On, At));

    private static UseRequest Lifted => Announced.After(state => RestrictionDecisions.NoteLifted(state, At));

    [Fact]
    public void Holds_OfAnObjection_AreOneForEachSetAndLeadBackToIt()
    {
        Assert.Empty(New.Holds);
        Assert.Equal([("usage-log", HoldKind.Restriction), ("forum-posts", HoldKind.Restriction)], Stopped.Holds.Select(hold => (hold.DataSet!, hold.Kind)));
        Assert.All(Stopped.Holds, hold => Assert.Equal((New.Id, New.Due.On, true, true), (Hold.RequestOf(hold.Id)!.Value, hold.ReviewOn, hold.KeepsData, hold.StopsUse)));
        Assert.Equal(2, Stopped.Holds.Select(hold => hold.Id).Distinct().Count());
        Assert.Null(Hold.RequestOf($"request-{New.Id}-"));
        Assert.Null(Hold.RequestOf("request-1-usage-log"));
        Assert.Equal(Stopped.Holds, Stopped.After(state => UseDecisions.Weigh(state, Weighing.Overridden, false, "op-7", "0a", 1)).Holds);
    }

    // The person was right: what is not used is not kept for that either.
    [Fact]
    public void Holds_OfOneThatWasUpheld_StopTheUseAndKeepNothing()
    {
        var holds = UseDecisions.UpheldHoldsOf(Upheld);
        Assert.Equal(Upheld.Holds.Select(hold => (hold.Id, hold.DataSet)), holds.Select(hold => (hold.Id, hold.DataSet)));
        Assert.All(holds, hold => Assert.Equal((false, true), (hold.KeepsData, hold.StopsUse)));
    }

    [Fact]
    public void Stopped_WaitsForAnOperator_AndIsDueUntilThePersonKnows()
    {
        Assert.Equal((CaseStatus.AwaitingDecision, Now), (Stopped.Status, Stopped.RestrictedAt));
        Assert.False(Stopped.IsAtWork);
        Assert.All([New, Confirmed, Stopped, Upheld, Overridden], owed => Assert.Equal(New.Due.On, owed.DueOn));
        Assert.All([Announced, Told, Lifted], told => Assert.Null(told.DueOn));
        Assert.NotNull(((Decision.Change)Extensions.Extend(
            Stopped, ExtensionReason.Complex, "op-7", new(2026, 3, 2), new(2026, 3, 20), HolidayCalendars.Of("EU"))).Facts[0]);
    }

    [Fact]
    public void Weighing_WhileThePersonIsAskedSomething_IsNone()
    {
        var asked = Stopped with { Correspondence = new() { Question = new("q1", new(2026, 3, 3), new(2026, 3, 3)) } };
        Assert.Same(Decision.Nothing, UseDecisions.Weigh(asked, Weighing.Upheld, false, "op-7", "0a", 1));
    }

    [Fact]
    public void Weighing_ThatUpholds_EndsWhenItIsTold()
    {
        Assert.Equal((CaseStatus.Restricted, Weighing.Upheld, "0a", true), (Upheld.Status, Upheld.Weighing, Upheld.Explanation, Upheld.IsAtWork));
        Assert.Null(Upheld.Done);
        Assert.Equal(CaseOutcome.Answered, Told.Done);
        Assert.True(Told.After(state => RequestDecisions.Close(state, At)).IsClosed);
    }

    [Fact]
    public void Weighing_ThatOverrides_EndsOnTheDayThatWasTold()
    {
        Assert.Equal((CaseStatus.Lifting, Weighing.Overridden, 1, true), (Overridden.Status, Overridden.Weighing, Overridden.Decisions, Overridden.IsAtWork));
        Assert.Equal((On, At, false), (Announced.LiftOn, Announced.GoesOnAt, Announced.IsAtWork));
        Assert.Same(Decision.Nothing, RestrictionDecisions.NoteLifted(Announced, At.AddTicks(-1)));
        Assert.Equal(CaseOutcome.Answered, Lifted.Done);
    }

    [Fact]
    public void Weighing_TakenBack_IsDueAndWeighedAgain()
    {
        var kept = Announced.After(state => RestrictionDecisions.WithdrawLifting(state, "by-operator"));
        Assert.Equal(
            (CaseStatus.AwaitingDecision, null, null, null, null, New.Due.On),
            (kept.Status, kept.Weighing, kept.Explanation, kept.LiftOn, kept.LiftAt, kept.DueOn));
        var again = kept.After(state => UseDecisions.Weigh(state, Weighing.Upheld, true, "op-8", "0b", 1));
        Assert.Equal((CaseStatus.Restricted, true, "0b", 2), (again.Status, again.IsToldByHand, again.Explanation, again.Decisions));
    }

    [Fact]
    public void Steps_BeforeTheirTurnOrRepeated_ChangeNothing()
    {
        foreach (var other in new[] { New, Stopped, Upheld, Overridden, Lifted })
            Assert.Same(Decision.Nothing, UseDecisions.NoteStopped(other, ["payments"], Now));
        foreach (var other in new[] { New, Confirmed, Upheld, Told, Overridden, Announced, Lifted })
            Assert.Same(Decision.Nothing, UseDecisions.Weigh(other, Weighing.Upheld, false, "op-8", "0b", 1));
        foreach (var other in new[] { New, Confirmed, Stopped, Told, Overridden, Announced, Lifted })
            Assert.Same(Decision.Nothing, UseDecisions.NoteUpheldTold(other, Now));
        foreach (var other in new[] { New, Confirmed, Stopped, Upheld, Told, Lifted })
            Assert.Same(Decision.Nothing, RestrictionDecisions.WithdrawLifting(other, "by-operator"));
        foreach (var other in new[] { New, Confirmed, Stopped, Upheld, Told, Overridden, Lifted })
            Assert.Same(Decision.Nothing, RestrictionDecisions.NoteLifted(other, At.AddYears(1)));
        foreach (var open in new[] { Confirmed, Stopped, Upheld, Overridden, Announced })
            Assert.Same(Decision.Nothing, RequestDecisions.Close(open, At.AddYears(1)));
    }

    // Nobody decides on what they have not read.
    [Fact]
    public void Weighing_OfSomebodyWhoHasNotReadAll_ChangesNothing()
    {
        var more = New.After(state => RequestDecisions.AddStatement(state, New.Id)).After(state => RequestDecisions.Confirm(state))
            .After(state => UseDecisions.NoteStopped(state, [], Now));
        Assert.Same(Decision.Nothing, UseDecisions.Weigh(more, Weighing.Overridden, false, "op-7", "0a", 1));
        Assert.IsType<Decision.Change>(UseDecisions.Weigh(more, Weighing.Overridden, false, "op-7", "0a", 2));
    }

    // What comes after the proof of the mailbox has no proof of its own, and would be read as its owner's words.
    [Fact]
    [Clause("L9")]
    public void AnotherObjection_JoinsItUntilTheMailboxIsProven()
    {
        Assert.True(New.CanBeJoined);
        Assert.All([Confirmed, Stopped, Upheld, Announced, Lifted], proven => Assert.False(proven.CanBeJoined));
        Assert.Same(Decision.Nothing, RequestDecisions.AddStatement(Stopped, New.Id));
    }
}
