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

    private static RectificationRequest Made => Sent.After(state => RectificationDecisions.NoteMade(state, 1, 3, false));

    private static RectificationRequest Refused => Made.After(state => RectificationDecisions.Decide(state, 2, CorrectionRefusal.OfOthers, "op-7"));

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

    // What an operator accepts the software makes, where it knows how; what was said in words the operator has seen to.
    [Fact]
    public void Accepted_IsMadeWhereTheSoftwareKnowsHow()
    {
        var held = Sent.After(state => RectificationDecisions.NeedDecision(state, 1));
        Assert.Equal(CaseStatus.AwaitingDecision, held.Status);
        var first = held.After(state => RectificationDecisions.Decide(state, 1, null, "op-7"));
        Assert.Equal((CorrectionState.Accepted, CaseStatus.Correcting), (first.Wanted[0].State, first.Status));
        Assert.Same(Decision.Nothing, RectificationDecisions.NeedDecision(first, 1));
        var both = first.After(state => RectificationDecisions.Decide(state, 2, null, "op-7"));
        Assert.Equal((CorrectionState.Made, null), (both.Wanted[1].State, both.Done));
        Assert.Equal(CaseOutcome.Answered, both.After(state => RectificationDecisions.NoteMade(state, 1, 1, false)).Done);
    }

    [Theory]
    [InlineData(0, false, CorrectionState.NotFound)]
    [InlineData(0, true, CorrectionState.Made)]
    [InlineData(1, false, CorrectionState.Made)]
    public void Made_InNoRecord_WasNotThereAnyMore_UnlessItIsTakenOut(int records, bool isTakenOut, CorrectionState expected) =>
        Assert.Equal(expected, Sent.After(state => RectificationDecisions.NoteMade(state, 1, records, isTakenOut)).Wanted[0].State);

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
            Assert.Same(Decision.Nothing, RectificationDecisions.NoteMade(other, 1, 9, false));
        foreach (var number in new[] { 1, 3 })
            Assert.Same(Decision.Nothing, RectificationDecisions.Decide(Made, number, null, "op-8"));
        Assert.Same(Decision.Nothing, RectificationDecisions.Decide(Refused, 2, null, "op-8"));
        foreach (var open in new[] { Confirmed, Sent, Made })
            Assert.Same(Decision.Nothing, RequestDecisions.Close(open, Over));
    }
}
