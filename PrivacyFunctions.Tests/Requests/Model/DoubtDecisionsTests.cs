using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Model;

/// <summary>When more than the mailbox is asked for, what it does to the clock, and which messages are proofs.</summary>
[Clause("L9")]
public class DoubtDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CaseId Id = CaseId.Parse("00000000000000000000000000000001");
    private static readonly ErasurePlan Plan = new(Id, Now, "a", [new("profiles", ErasureFate.Erase, null, null, 2, "d")]);

    [Fact]
    public void Raise_IsPossibleOnceAndOnlyWhileThePlanWaits()
    {
        Assert.Null(Confirmed().After(Raise).Doubt);
        var doubted = Waiting().After(Raise);
        Assert.Equal(new(DoubtGround.NewMailbox, DoubtOutcome.Open), doubted.Doubt);
        Assert.Equal(doubted, doubted.After(Raise));
        Assert.Null(doubted.After(state => End(state, 7, true)).After(state => ErasureDecisions.Approve(state, Plan.Hash(), "op-2")).After(Raise).First);
    }

    [Fact]
    public void Doubt_WhileItLasts_LetsNobodyApproveOrRefuse()
    {
        var doubted = Waiting().After(Raise);
        Assert.Equal(doubted, doubted.After(Approve));
        Assert.False(Refusals.IsPossible(doubted));
        Assert.True(RequestDecisions.MayBeWithdrawn(doubted));
        Assert.Equal(CaseStatus.Approved, doubted.After(state => End(state, 7, true)).After(Approve).Status);

        var ended = doubted.After(state => End(state, 7, false));
        Assert.Equal(ended, ended.After(Approve));
        Assert.False(RequestDecisions.MayBeWithdrawn(ended));
        Assert.Equal(ended, ended.After(state => End(state, 8, true))); // the first word stands
    }

    [Fact]
    public void End_WithSomethingUnread_ChangesNothing()
    {
        var answered = Waiting().After(Raise).After(state => MessageDecisions.Receive(state, "m1", On(5)));
        Assert.Equal(answered, answered.After(state => End(state, 7, false)));
        var read = answered.After(state => MessageDecisions.NoteRead(state, 1, "op"));
        Assert.Equal(DoubtOutcome.NotIdentified, read.After(state => End(state, 7, false)).Doubt!.Outcome);
    }

    [Fact]
    public void End_WhileTheWorkflowIsPaused_CanOnlyLetItGoOn()
    {
        var paused = Waiting().After(Raise);
        paused = paused with { Attention = AttentionMarks.With(paused.Attention, new(AttentionMarks.Paused)) };
        Assert.Equal(paused, paused.After(state => End(state, 7, false)));
        Assert.Equal(DoubtOutcome.Identified, paused.After(state => End(state, 7, true)).Doubt!.Outcome);
    }

    [Fact]
    public void Close_AfterItsEnd_IsNotIdentified()
    {
        var open = Waiting().After(Raise);
        Assert.Equal(open, open.After(state => DoubtDecisions.Close(state, true)));
        Assert.Equal(CaseOutcome.NotIdentified, open.After(state => End(state, 7, false)).After(state => DoubtDecisions.Close(state, true)).Outcome);
        Assert.True(open.After(state => End(state, 7, false)).After(state => DoubtDecisions.Close(state, false)).IsClosed);
        var paused = open.After(state => End(state, 7, false)).After(state => AttentionDecisions.Mark(state, AttentionMarks.Paused));
        Assert.Equal(paused, paused.After(state => DoubtDecisions.Close(state, true)));
        Assert.Equal(MessageBar.Closed, MessageDecisions.WhyNotFromPerson(paused));
    }

    [Theory]
    [Clause("L4")]
    [InlineData(false, 0)]
    [InlineData(true, 4)] // 4 to 7 March, both counted
    public void End_WithoutAnAnswer_MovesTheDateAsThePolicySays(bool pauses, int days)
    {
        var doubted = Waiting(pauses).After(Raise);
        Assert.Equal(0, doubted.After(state => End(state, 7, true)).Correspondence?.PausedDays ?? 0); // whoever was never asked holds nothing up
        var ended = doubted.After(Ask).After(state => End(state, 7, true));
        Assert.Equal(ended, ended.After(Ask));
        Assert.Equal(days, ended.Correspondence!.PausedDays);
        Assert.Null(ended.Correspondence.Question);
        Assert.Equal(days > 0, ended.Due.On > Waiting(pauses).Due.On);
    }

    [Fact]
    [Clause("C-MINIMUM")]
    public void Proofs_AreTheMessagesBetweenTheDoubtAndItsEnd()
    {
        var (before, one, two, after) = (Message("m0"), Message("m1"), Message("m2"), Message("m3"));
        var doubt = new CaseFact.IdentityDoubted("OtherName", "op");
        Assert.Equal(["m1", "m2"], DoubtDecisions.ProofsIn([before, doubt, one, new CaseFact.MessagesRead(2, "op"), two, new CaseFact.DoubtEnded(true, "op"), after]));
        Assert.Equal(["m1"], DoubtDecisions.ProofsIn([before, doubt, one, new CaseFact.Closed(CaseOutcome.Withdrawn)]));
        Assert.Empty(DoubtDecisions.ProofsIn([before, one]));
    }

    private static ErasureRequest Confirmed(bool pauses = false) => RequestDecisions.Receive(
        ErasureRequest.New, Id, new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)) { PausesForAnswers = pauses }, Now,
        new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request.After(RequestDecisions.Confirm);

    private static ErasureRequest Waiting(bool pauses = false) => Confirmed(pauses).After(state => ErasureDecisions.Plan(state, Plan));

    private static Decision Raise(ErasureRequest state) => DoubtDecisions.Raise(state, DoubtGround.NewMailbox, "op");

    private static Decision Ask(ErasureRequest state) => DoubtDecisions.Ask(state, "op", new(2026, 3, 4));

    private static Decision Approve(ErasureRequest state) => ErasureDecisions.Approve(state, Plan.Hash(), "op-2");

    private static Decision End(ErasureRequest state, int day, bool isIdentified) =>
        DoubtDecisions.End(state, isIdentified, "op", MessageDecisions.GoOn(state, "op", On(day)));

    private static ClockDays On(int day) => new(new(2026, 3, day), new(2026, 3, 2), HolidayCalendars.Of("EU"));

    private static CaseFact.MessageReceived Message(string name) => new(name, new(2026, 3, 5));
}
