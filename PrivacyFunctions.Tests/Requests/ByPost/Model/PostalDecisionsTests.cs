using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.ByPost.Model;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.ByPost.Model;

[Clause("R-EVERYONE")]
[Clause("L1")]
public class PostalDecisionsTests
{
    private static readonly DateOnly Received = new(2026, 3, 2);
    private static readonly DateOnly Today = new(2026, 3, 20);
    private static readonly CaseId Other = CaseId.Parse("00000000000000000000000000000002");

    private static PostalRequest New => RequestDecisions.Receive(
        (id, at, due, plan) => PostalRequest.New(id, at, due, plan, CaseKind.Access, mayTakeLonger: true),
        CaseId.Parse("00000000000000000000000000000001"),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), new(2026, 3, 18, 9, 0, 0, TimeSpan.Zero), Received,
        Residence.Elsewhere, HolidayCalendars.Of("EU"), "letter", "").Request;

    private static PostalRequest GoneOn => New.After(state => PostalDecisions.GoOn(state, Other, "op-7"));

    [Fact]
    public void New_WaitsForAnOperator_AndIsDueAMonthAfterItsReceipt()
    {
        Assert.Equal((CaseStatus.AwaitingDecision, true, false), (New.Status, New.WaitsForOperator, New.IsAtWork));
        Assert.Equal((new DateOnly(2026, 4, 2), null), (New.DueOn, New.GoesOnAt));
        Assert.Equal((CaseKind.Post, CaseKind.Access), (New.Kind, New.AskedFor));
        Assert.Equal((false, false, false), (New.CanBeWithdrawn, New.CanBeRefused, New.CanBeJoined));
        Assert.Same(Decision.Nothing, RequestDecisions.Close(New, New.ResumeBy));
    }

    [Theory]
    [InlineData(PostalAnswer.Answered, CaseOutcome.Answered)]
    [InlineData(PostalAnswer.Refused, CaseOutcome.Refused)]
    [InlineData(PostalAnswer.NotIdentified, CaseOutcome.NotIdentified)]
    public void Answer_ThatWasPosted_EndsIt_AndNothingIsDueAnyMore(PostalAnswer answer, CaseOutcome outcome)
    {
        var answered = New.After(state => Posted(state, Today, answer));
        Assert.Equal((null, (DateOnly?)Today), (answered.DueOn, answered.AnsweredOn));
        var closed = answered.After(state => RequestDecisions.Close(state, state.ReceivedAt));
        Assert.Equal((true, outcome), (closed.IsClosed, closed.Outcome));
        foreach (var over in new[] { answered, closed, GoneOn })
        {
            Assert.Same(Decision.Nothing, Posted(over, Today));
            Assert.Same(Decision.Nothing, PostalDecisions.GoOn(over, Other, "op-7"));
        }
    }

    // Three weeks late is late, and it happened.
    [Theory]
    [InlineData("2026-03-01", false)]
    [InlineData("2026-03-02", true)]
    [InlineData("2026-04-23", true)]
    [InlineData("2026-04-24", false)]
    public void Answer_IsPostedAfterTheReceipt_AndNotInTheFuture(string on, bool isPossible)
    {
        var decision = Posted(New, DateOnly.ParseExact(on, "yyyy-MM-dd"), today: new(2026, 4, 23));
        Assert.Equal(isPossible, decision is Decision.Change);
    }

    [Fact]
    public void Mailbox_ThatWasFound_EndsItWithTheOrdinaryRequest()
    {
        Assert.Equal((Other, null), (GoneOn.GoesOnAs, GoneOn.DueOn));
        Assert.Equal(CaseOutcome.AnsweredByAnotherCase, GoneOn.After(state => RequestDecisions.Close(state, state.ReceivedAt)).Outcome);
    }

    [Fact]
    [Clause("L2")]
    public void Extension_ByLetter_KeepsItsDay_AndIsForRightsThatMayTakeLonger()
    {
        var extended = New.After(state => Extensions.Extend(
            state, ExtensionReason.Complex, "op-7", Received, Today, HolidayCalendars.Of("EU"), letterPostedOn: Today));
        Assert.Equal((ExtensionReason.Complex, new DateOnly(2026, 6, 2)), (extended.Extended, extended.DueOn));
        Assert.Equal(ExtensionBar.NothingOwed, Extensions.WhyNot(New with { MayTakeLonger = false }, Today));
        Assert.Equal(ExtensionBar.NothingOwed, Extensions.WhyNot(GoneOn, Today));
    }

    [Fact]
    public void Message_ReachesNobody() =>
        Assert.Equal((MessageBar.NoMailbox, MessageBar.NoMailbox), (MessageDecisions.WhyNotFromUs(New, asks: false), MessageDecisions.WhyNotFromPerson(New)));

    private static Decision Posted(PostalRequest state, DateOnly on, PostalAnswer answer = PostalAnswer.Answered, DateOnly? today = null) =>
        PostalDecisions.Answer(state, new(answer, on, "op-7"), today ?? Today);
}
