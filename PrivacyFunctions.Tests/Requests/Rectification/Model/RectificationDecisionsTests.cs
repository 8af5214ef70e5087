using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Rectification.Model;

/// <summary>What can happen to a rectification, and in which order.</summary>
[Clause("R-RECTIFY")]
public class RectificationDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Over = Now.AddDays(14);
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));

    private static RectificationRequest New => RequestDecisions.Receive(
        RectificationRequest.New, CaseId.FromBytes(new byte[16]), Plan, Now, new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"),
        "form", "c0").Request;

    private static RectificationRequest Confirmed => New.After(state => RequestDecisions.Confirm(state));

    private static RectificationRequest Shown => Confirmed.After(state => RectificationDecisions.Show(state, Now));

    // One to be made, one said in their own words.
    private static RectificationRequest Sent => Shown.After(state => RectificationDecisions.Send(state, Now, "k1", [new(1, "profiles", "Name", "c1"), new(2, null, null, "c2")]));

    private static RectificationRequest Made => Sent.After(state => RectificationDecisions.NoteMade(state, 1, 3));

    private static RectificationRequest Refused => Made.After(state => RectificationDecisions.Refuse(state, 2, CorrectionRefusal.OfOthers, "op-7"));

    [Fact]
    public void Shown_CanBeCorrectedUntilItsTimeIsOver()
    {
        Assert.Equal((CaseStatus.Offered, Over, null), (Shown.Status, Shown.OfferedUntil, Shown.DueOn));
        Assert.True(RectificationDecisions.MaySend(Shown, Over.AddTicks(-1)));
        Assert.False(RectificationDecisions.MaySend(Shown, Over));
        Assert.Same(Decision.Nothing, RectificationDecisions.EndWaiting(Shown, Over.AddTicks(-1)));
        var ended = Shown.After(state => RectificationDecisions.EndWaiting(state, Over));
        Assert.Equal(("", CaseOutcome.Answered, null), (ended.Submission, ended.Done, ended.OfferedUntil));
        Assert.Same(Decision.Nothing, RectificationDecisions.Send(ended, Over, "k2", [new(1, "profiles", "Name", "c1")]));
    }

    [Fact]
    public void Sent_IsMade_AndWhatIsSaidWaitsForAnOperator()
    {
        Assert.Equal((CaseStatus.Correcting, true, null), (Sent.Status, Sent.IsAtWork, Sent.OfferedUntil));
        Assert.NotNull(Sent.DueOn);
        Assert.Equal([1], RectificationDecisions.ToBeMade(Sent).Select(wanted => wanted.Number));
        Assert.Equal([2], RectificationDecisions.ToBeDecided(Sent).Select(wanted => wanted.Number));
        Assert.Equal((CaseStatus.AwaitingDecision, false, null), (Made.Status, Made.IsAtWork, Made.Done));
        Assert.Equal((CaseStatus.Correcting, CaseOutcome.Answered), (Refused.Status, Refused.Done));
        Assert.Equal(CorrectionRefusal.OfOthers, Refused.Wanted[1].Refusal);
        Assert.False(Sent.CanBeJoined);
        Assert.True(Shown.CanBeJoined);
    }

    // What an operator accepts the software makes, where it knows how; to what was said in words they see by hand.
    [Fact]
    public void Accepted_IsMadeWhereTheSoftwareKnowsHow()
    {
        var held = Sent.After(state => RectificationDecisions.NeedDecision(state, 1, DecisionNeed.LegalHold));
        Assert.Equal((CaseStatus.AwaitingDecision, DecisionNeed.LegalHold, 1), (held.Status, held.Wanted[0].Why, held.Wanted[0].Decisions));
        var first = held.After(state => RectificationDecisions.Accept(state, 1, "op-7"));
        Assert.Equal((CorrectionState.Accepted, CaseStatus.Correcting), (first.Wanted[0].State, first.Status));
        Assert.Same(Decision.Nothing, RectificationDecisions.NeedDecision(first, 1, DecisionNeed.LegalHold));
        Assert.Same(Decision.Nothing, RectificationDecisions.Accept(first, 2, "op-7"));

        // It cannot be made after all: somebody has to see to it.
        var broken = first.After(state => RectificationDecisions.NeedDecision(state, 1, DecisionNeed.CannotBeMade));
        Assert.Equal((CorrectionState.AwaitsDecision, 2), (broken.Wanted[0].State, broken.Wanted[0].Decisions));
        var both = broken.After(state => RectificationDecisions.NoteByHand(state, 1, ["profiles"], "op-7"))
            .After(state => RectificationDecisions.NoteByHand(state, 2, [], "op-7"));
        Assert.Equal((CorrectionState.Made, CaseOutcome.Answered), (both.Wanted[1].State, both.Done));
        Assert.Equal("profiles", Assert.Single(both.Wanted[0].ByHand!));
    }

    // Two that wait are decided one after the other: as long as one does, nothing is answered.
    [Fact]
    public void Held_SeveralOfThem_AnswerOnceAllAreDecided()
    {
        var held = Shown.After(state => RectificationDecisions.Send(state, Now, "k1", [new(1, "profiles", "Name", "c1"), new(2, "testimonials", "Name", "c2")]))
            .After(state => RectificationDecisions.NeedDecision(state, 1, DecisionNeed.LegalHold)).After(state => RectificationDecisions.NeedDecision(state, 2, DecisionNeed.LegalHold));
        var one = held.After(state => RectificationDecisions.Accept(state, 1, "op-7"));
        Assert.Equal(CaseStatus.Correcting, one.Status);
        Assert.Equal(CaseStatus.AwaitingDecision, one.After(state => RectificationDecisions.NoteMade(state, 1, 1)).Status);
        var both = one.After(state => RectificationDecisions.Accept(state, 2, "op-7")).After(state => RectificationDecisions.NoteMade(state, 1, 1));
        Assert.Equal([2], RectificationDecisions.ToBeMade(both).Select(wanted => wanted.Number));
        Assert.Null(both.Done);
    }

    // While the step that makes it stands still, a person can see to it instead.
    [Fact]
    public void Wanted_CanBeDecidedWhileItsStepIsBroken()
    {
        Assert.Same(Decision.Nothing, RectificationDecisions.NoteByHand(Sent, 1, [], "op-7"));
        var broken = Sent.After(state => AttentionDecisions.Mark(state, "CorrectData"));
        Assert.IsType<Decision.Change>(RectificationDecisions.NoteByHand(broken, 1, [], "op-7"));
        Assert.IsType<Decision.Change>(RectificationDecisions.Refuse(broken, 1, CorrectionRefusal.Right, "op-7"));
    }

    // The page closes a week before the answer is due, so that there is time to decide, but not before a week is over.
    [Theory]
    [InlineData(0, 14)]
    [InlineData(12, 24)]
    [InlineData(20, 27)]
    [InlineData(40, 47)]
    public void Shown_EndsInTimeForADecision(int confirmedAfter, int endsAfter)
    {
        var shown = Confirmed.After(state => RectificationDecisions.Show(state, Now.AddDays(confirmedAfter)));
        Assert.InRange((shown.OfferedUntil!.Value - Now).TotalDays, endsAfter - 1, endsAfter);
    }

    [Fact]
    public void NotFound_IsSettledToo() =>
        Assert.Equal(CorrectionState.NotFound, Sent.After(state => RectificationDecisions.NoteNotFound(state, 1)).Wanted[0].State);

    [Fact]
    public void Steps_BeforeTheirTurnOrRepeated_ChangeNothing()
    {
        foreach (var other in new[] { New, Shown, Sent, Made, Refused })
            Assert.Same(Decision.Nothing, RectificationDecisions.Show(other, Now));
        foreach (var other in new[] { New, Confirmed, Sent, Made, Refused })
        {
            Assert.Same(Decision.Nothing, RectificationDecisions.Send(other, Now, "k2", [new(1, "profiles", "Name", "c1")]));
            Assert.Same(Decision.Nothing, RectificationDecisions.EndWaiting(other, Over));
        }

        Assert.Same(Decision.Nothing, RectificationDecisions.Send(Shown, Now, "k1", []));
        foreach (var other in new[] { Made, Refused })
        {
            Assert.Same(Decision.Nothing, RectificationDecisions.NoteMade(other, 1, 9));
            Assert.Same(Decision.Nothing, RectificationDecisions.NoteNotFound(other, 1));
            Assert.Same(Decision.Nothing, RectificationDecisions.NeedDecision(other, 1, DecisionNeed.CannotBeMade));
        }

        foreach (var number in new[] { 1, 3 })
            Assert.Same(Decision.Nothing, RectificationDecisions.Accept(Made, number, "op-8"));
        Assert.Same(Decision.Nothing, RectificationDecisions.NoteByHand(Refused, 2, [], "op-8"));
        Assert.Same(Decision.Nothing, RectificationDecisions.Refuse(Refused, 2, CorrectionRefusal.Right, "op-8"));
        foreach (var open in new[] { Confirmed, Sent, Made })
            Assert.Same(Decision.Nothing, RequestDecisions.Close(open, Over));
    }
}
