using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Restriction.Model;

/// <summary>What can happen to a restriction, and in which order.</summary>
[Clause("R-RESTRICT")]
public class RestrictionDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private static readonly DateOnly On = new(2026, 3, 20);
    private static readonly DateTimeOffset At = new(2026, 3, 20, 0, 0, 0, TimeSpan.Zero);

    private static RestrictionRequest New => RequestDecisions.Receive(
        RestrictionRequest.New, CaseId.FromBytes(new byte[16]), Plan, Now, new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"),
        "form", "c0", "accuracy").Request;

    private static RestrictionRequest Confirmed => New.After(state => RequestDecisions.Confirm(state));

    private static RestrictionRequest Restricted => Confirmed.After(state => RestrictionDecisions.NoteRestricted(state, Now));

    private static RestrictionRequest Decided =>
        Restricted.After(state => RestrictionDecisions.DecideLifting(state, LiftReason.Checked, false, "op-7"));

    private static RestrictionRequest Announced => Decided.After(state => RestrictionDecisions.AnnounceLifting(state, On, At));

    private static RestrictionRequest Lifted => Announced.After(state => RestrictionDecisions.NoteLifted(state, At));

    [Fact]
    public void Hold_OfARequest_LeadsBackToItAndIsReviewedWhenAnAnswerIsDue()
    {
        var hold = RestrictionDecisions.HoldOf(New);
        Assert.Equal((HoldKind.Restriction, null, New.Due.On), (hold.Kind, hold.DataSet, hold.ReviewOn));
        Assert.Equal(New.Id, Hold.RequestOf(hold.Id));
        Assert.Null(Hold.RequestOf("request-1"));
        Assert.Null(Hold.RequestOf($"claim-{New.Id}"));
    }

    [Fact]
    public void Restricted_IsDueNoMore_AndWaitsForAnOperator()
    {
        Assert.Equal((CaseStatus.Restricted, Now, null), (Restricted.Status, Restricted.RestrictedAt, Restricted.DueOn));
        Assert.NotNull(Confirmed.DueOn);
        Assert.Null(Restricted.GoesOnAt);
        Assert.False(Restricted.IsAtWork);
        Assert.Null(Restricted.Done);
    }

    [Fact]
    public void Lifting_InItsOrder_EndsOnTheDayThatWasTold()
    {
        Assert.Equal((CaseStatus.Lifting, LiftReason.Checked, 1, true), (Decided.Status, Decided.LiftReason, Decided.Decisions, Decided.IsAtWork));
        Assert.False(Announced.IsAtWork);
        Assert.Equal((On, At), (Announced.LiftOn, Announced.GoesOnAt));
        Assert.False(RestrictionDecisions.MayLift(Announced, At.AddTicks(-1)));
        Assert.Same(Decision.Nothing, RestrictionDecisions.NoteLifted(Announced, At.AddTicks(-1)));
        Assert.Equal(CaseOutcome.Answered, Lifted.Done);
        Assert.True(Lifted.After(state => RequestDecisions.Close(state, At)).IsClosed);
    }

    [Fact]
    public void Steps_BeforeTheirTurnOrRepeated_ChangeNothing()
    {
        foreach (var early in new[] { New, Restricted, Decided, Lifted })
            Assert.Same(Decision.Nothing, RestrictionDecisions.NoteRestricted(early, Now));
        foreach (var other in new[] { New, Confirmed, Decided, Announced, Lifted })
            Assert.Same(Decision.Nothing, RestrictionDecisions.DecideLifting(other, LiftReason.Wished, false, "op-8"));
        foreach (var other in new[] { New, Confirmed, Restricted, Lifted })
            Assert.Same(Decision.Nothing, RestrictionDecisions.AnnounceLifting(other, On.AddDays(9), At.AddDays(9)));
        foreach (var other in new[] { New, Confirmed, Restricted, Lifted })
            Assert.Same(Decision.Nothing, RestrictionDecisions.WithdrawLifting(other, "by-operator"));
        foreach (var other in new[] { New, Confirmed, Restricted, Decided, Lifted })
            Assert.Same(Decision.Nothing, RestrictionDecisions.NoteLifted(other, At.AddYears(1)));
        foreach (var open in new[] { Confirmed, Restricted, Decided, Announced })
            Assert.Same(Decision.Nothing, RequestDecisions.Close(open, At.AddYears(1)));
    }

    // Until the person was told, the day moves: it is a week from their mail, not from the first attempt at it.
    [Fact]
    public void Day_OfAPersonWhoIsNotToldYet_IsFixedAnew()
    {
        var later = Announced.After(state => RestrictionDecisions.AnnounceLifting(state, On.AddDays(9), At.AddDays(9)));
        Assert.Equal((On.AddDays(9), At.AddDays(9)), (later.LiftOn, later.LiftAt));
        Assert.Same(Decision.Nothing, RestrictionDecisions.AnnounceLifting(later, On.AddDays(9), At.AddDays(9)));
    }

    [Fact]
    public void Lifting_TakenBack_LastsUntilItIsDecidedAgain()
    {
        var kept = Announced.After(state => RestrictionDecisions.WithdrawLifting(state, "by-operator"));
        Assert.Equal((CaseStatus.Restricted, null, null, null), (kept.Status, kept.LiftReason, kept.LiftOn, kept.LiftAt));
        Assert.False(RestrictionDecisions.MayLift(kept, At.AddYears(1)));
        var again = kept.After(state => RestrictionDecisions.DecideLifting(state, LiftReason.Wished, true, "op-8"));
        Assert.Equal((CaseStatus.Lifting, true, 2), (again.Status, again.IsToldByHand, again.Decisions));
    }

    [Fact]
    public void Lifting_OverWordsThatNobodyHasRead_IsTakenBackUntilItIsDecidedAgain()
    {
        var written = Announced.After(state => MessageDecisions.Receive(state, "m-1", new(On, new(2026, 3, 2), HolidayCalendars.Of("EU"))));
        var kept = written.After(state => RestrictionDecisions.NoteLifted(state, At));
        Assert.Equal((CaseStatus.Restricted, null, null), (kept.Status, kept.LiftedAt, kept.LiftAt));
        Assert.Same(Decision.Nothing, RestrictionDecisions.DecideLifting(kept, LiftReason.Checked, false, "op-8"));
        Assert.Same(Decision.Nothing, RestrictionDecisions.NoteLifted(written, At.AddTicks(-1))); // there is time to read them

        var read = written.After(state => MessageDecisions.NoteRead(state, 1, "op-8"));
        Assert.Equal(At, read.After(state => RestrictionDecisions.NoteLifted(state, At)).LiftedAt);
    }

    // A wish that comes while it is being lifted is a request of its own, and one before joins what lasts.
    [Fact]
    public void AnotherRequest_OfTheDay_JoinsItUnlessItIsBeingLifted()
    {
        Assert.All([New, Confirmed, Restricted], open => Assert.True(open.CanBeJoined));
        Assert.All([Decided, Announced, Lifted], ending => Assert.False(ending.CanBeJoined));
    }

    [Theory]
    [InlineData("accuracy", LiftReason.Checked)]
    [InlineData("unlawful", LiftReason.Lawful, LiftReason.Upheld)]
    [InlineData("claims", LiftReason.ClaimOver)]
    [InlineData("objection", LiftReason.Lawful, LiftReason.Upheld)]
    public void Reasons_ThatEndAGround_AreThoseOfItsArticleAndThePersonsWish(string ground, params LiftReason[] reasons) => Assert.Equal(
        reasons.Append(LiftReason.Wished).Order(),
        Enum.GetValues<LiftReason>().Where(reason => RestrictionDecisions.Fits(New with { GroundGiven = ground }, reason)).Order());

    // The chain forgets nothing, and would tell which ground the person gave.
    [Fact]
    public void Chain_OfADecision_TellsNoReasonAndTheHoldNoGround()
    {
        Assert.DoesNotContain("laim", Kinds.Json.Write<CaseFact>(new RestrictionFact.LiftingDecided("op-7", false) { Reason = LiftReason.ClaimOver }), StringComparison.Ordinal);
        Assert.DoesNotContain("accuracy", RestrictionDecisions.HoldOf(New).Ground, StringComparison.Ordinal);
    }
}
