using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Messages.Model;

/// <summary>What is written about a request, and what a question does to its clock.</summary>
[Clause("L3")]
[Clause("L4")]
public class MessageDecisionsTests
{
    private static readonly Calendars Holidays = HolidayCalendars.Of("EU");
    private static readonly DateOnly ReceivedOn = new(2026, 3, 2);

    // Row 14 of docs/legal-clock.md, with the earlier clock of everybody wherever nothing stops that.
    [Theory]
    [InlineData(Residence.UnitedKingdom, true, true, "2026-04-10")]
    [InlineData(Residence.UnitedKingdom, true, false, "2026-04-02")]
    [InlineData(Residence.UnitedKingdom, false, true, "2026-04-02")]
    [InlineData(Residence.Elsewhere, true, true, "2026-04-10")]
    [InlineData(Residence.Elsewhere, false, true, "2026-04-10")]
    [InlineData(Residence.Elsewhere, true, false, "2026-04-02")]
    public void Clock_StandsStillFromTheQuestionToItsAnswer_WhereALawAndOurPolicySaySo(Residence residence, bool isAccess, bool isPolicy, string due)
    {
        var asked = (isAccess ? New(AccessRequest.New, residence, isPolicy) : New(ErasureRequest.New, residence, isPolicy)).After(Asks("q1", "2026-03-05"));
        Assert.Equal((new DateOnly(2026, 4, 2), new DateOnly(2026, 3, 5)), (asked.DueOn, asked.AskedOn));
        foreach (var after in new[] { asked.After(Receives("m1", "2026-03-12")), asked.After(state => MessageDecisions.GoOn(state, "op-1", On("2026-03-12"))) })
        {
            Assert.Equal((DateOnly.Parse(due), (DateOnly?)null), (after.DueOn, after.AskedOn));
            var isMoved = after.DueOn != asked.DueOn;
            Assert.Equal(isMoved ? new DateOnly(2026, 4, 2) : null, after.DueWithoutPauses);
            Assert.Equal(isMoved, after.Due.Trace.Contains("8 days in which we waited", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Clock_StandsStillOnceADay_HoweverOftenSomethingIsAsked()
    {
        var request = New(AccessRequest.New, Residence.Elsewhere, pauses: true)
            .After(Asks("q1", "2026-03-05")).After(Asks("q2", "2026-03-09")).After(Receives("m1", "2026-03-12"))
            .After(Asks("q3", "2026-03-12")).After(Receives("m2", "2026-03-16"));
        Assert.Equal(12, request.Correspondence!.PausedDays);
        Assert.Equal(new DateOnly(2026, 4, 14), request.DueOn);

        // Nothing that was not asked stops it, and an extension does not take away what stopped it.
        Assert.Equal(request.DueOn, request.After(Receives("m3", "2026-03-20")).DueOn);
        var extended = request.After(state => Extensions.Extend(state, ExtensionReason.Complex, "op-1", ReceivedOn, new(2026, 3, 20), Holidays));
        Assert.Equal(new DateOnly(2026, 6, 15), extended.DueOn); // 2 June and 12 days is a Sunday
        Assert.Equal(new DateOnly(2026, 6, 2), extended.DueWithoutPauses);
    }

    // One day ends on Good Friday, which makes it the Tuesday; five more are needed to get beyond that.
    [Fact]
    public void Clock_CountsADayThatMovesNothing_WithTheNextOnes()
    {
        var request = New(AccessRequest.New, pauses: true);
        for (var day = 9; day <= 14; day++) request = request.After(Asks($"q{day}", $"2026-03-{day:D2}")).After(Receives($"m{day}", $"2026-03-{day:D2}"));
        Assert.Equal(6, request.Correspondence!.PausedDays);
        Assert.Equal((new DateOnly(2026, 4, 8), new DateOnly(2026, 4, 2)), (request.DueOn, request.DueWithoutPauses));
    }

    // What was late before it was asked is not in time because of the answer.
    [Fact]
    public void Clock_ThatHasRunOut_IsNotStoppedAnyMore()
    {
        var late = New(AccessRequest.New, Residence.Elsewhere, pauses: true).After(Asks("q1", "2026-04-03")).After(Receives("m1", "2026-04-30"));
        Assert.Equal((new DateOnly(2026, 4, 2), (DateOnly?)null), (late.DueOn, late.DueWithoutPauses));
        var last = New(AccessRequest.New, Residence.Elsewhere, pauses: true).After(Asks("q1", "2026-04-02")).After(Receives("m1", "2026-04-02"));
        Assert.Equal((new DateOnly(2026, 4, 7), new DateOnly(2026, 4, 2)), (last.DueOn, last.DueWithoutPauses)); // 3 April is Good Friday
    }

    // The earlier clock of California holds where the other one is stopped, and the date without the stop is the month's.
    [Fact]
    public void Clock_OfAPlaceThatStopsNothing_IsTheLimit()
    {
        var answered = New(AccessRequest.New, Residence.California, pauses: true).After(Asks("q1", "2026-03-05")).After(Receives("m1", "2026-03-28"));
        Assert.Equal((new DateOnly(2026, 4, 16), new DateOnly(2026, 4, 2)), (answered.DueOn, answered.DueWithoutPauses));
    }

    [Fact]
    public void Question_ThatTheWorkflowWouldNotWaitFor_IsNotAsked()
    {
        var confirmed = New(AccessRequest.New);
        Assert.Equal(MessageBar.GoesOn, MessageDecisions.WhyNotFromUs(confirmed, asks: true));
        Assert.Null(MessageDecisions.WhyNotFromUs(confirmed.After(state => AttentionDecisions.Mark(state, AttentionMarks.Paused)), asks: true));
        Assert.Null(MessageDecisions.WhyNotFromUs(confirmed with { Status = CaseStatus.AwaitingDecision }, asks: true));
    }

    [Fact]
    public void Question_ThatIsAskedAgain_StopsTheClockFromTheFirst_AndWaitsFromTheLast()
    {
        var again = New(AccessRequest.New, Residence.Elsewhere, pauses: true).After(Asks("q1", "2026-03-05")).After(Asks("q2", "2026-03-20"));
        Assert.Equal((new DateOnly(2026, 3, 20), new DateOnly(2026, 3, 5)), (again.AskedOn, again.Correspondence!.Question!.On));
        var offered = again with { Status = CaseStatus.Offered };
        Assert.Null(offered.AskedOn);
    }

    [Fact]
    public void Chain_TellsNoPlace()
    {
        var asked = New(AccessRequest.New, Residence.UnitedKingdom, pauses: true).After(Asks("q1", "2026-03-05"));
        var fact = ((Decision.Change)Receives("m1", "2026-03-12")(asked)).Facts.OfType<CaseFact.MessageReceived>().Single();
        Assert.DoesNotContain("L3", fact.Paused!.Due.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_OfThePerson_WaitsUntilSomebodyHasReadAllOfThem()
    {
        var written = New(ErasureRequest.New).After(Receives("m1", "2026-03-05")).After(Receives("m2", "2026-03-06"));
        Assert.True(written.HasUnread);
        Assert.Single(written.Attention!.All, mark => mark.Step == AttentionMarks.Message);
        var one = written.After(state => MessageDecisions.NoteRead(state, 1, "op-1"));
        Assert.True(one.HasUnread);
        Assert.NotNull(one.Attention);
        var all = one.After(state => MessageDecisions.NoteRead(state, 2, "op-1"));
        Assert.False(all.HasUnread);
        Assert.Null(all.Attention);
        foreach (var number in new[] { 0, 2, 3 }) Assert.Same(Decision.Nothing, MessageDecisions.NoteRead(all, number, "op-2"));
    }

    [Fact]
    public void Message_OfAClosedCase_StillWaits_AndNoQuestionDoes()
    {
        var closed = New(ErasureRequest.New).After(Asks("q1", "2026-03-05")).After(state => Receives("m1", "2026-03-05")(state))
            .After(Asks("q2", "2026-03-06")).After(state => AttentionDecisions.Mark(state, "RescanData"))
            .After(_ => new Decision.Change(new CaseFact.Closed(CaseOutcome.Erased)));
        Assert.Equal([AttentionMarks.Message], closed.Attention!.All.Select(mark => mark.Step));
        Assert.Null(closed.AskedOn);
        Assert.Equal(MessageBar.Closed, MessageDecisions.WhyNotFromPerson(closed));
        Assert.Same(Decision.Nothing, MessageDecisions.Send(closed, "m2", asks: false, "op-1", new(2026, 3, 7)));
        Assert.Null(closed.After(state => MessageDecisions.NoteRead(state, 1, "op-1")).Attention);
    }

    [Fact]
    public void Messages_OfSomebodyWhoseMailboxIsNotProven_OrTooMany_AreNotTaken()
    {
        Assert.Equal(MessageBar.NotProven, MessageDecisions.WhyNotFromPerson(New(ErasureRequest.New, isConfirmed: false)));
        Assert.Equal(MessageBar.NotProven, MessageDecisions.WhyNotFromUs(New(ErasureRequest.New, isConfirmed: false), asks: true));
        SubjectRequest written = New(ErasureRequest.New);
        var taken = 0;
        for (var turn = 0; turn < 30; turn++)
        {
            for (var number = 0; number < MessageDecisions.MostUnread + 1; number++)
            {
                taken += MessageDecisions.WhyNotFromPerson(written) is null ? 1 : 0;
                written = written.After(Receives("m", "2026-03-05"));
            }

            Assert.Equal(turn < 9 ? MessageBar.TooMany : MessageBar.NoMore, MessageDecisions.WhyNotFromPerson(written));
            written = written.After(state => MessageDecisions.NoteRead(state, state.Correspondence!.FromPerson, "op-1"));
        }

        Assert.Equal((MessageDecisions.MostOfAll, MessageDecisions.MostOfAll), (taken, written.Correspondence!.FromPerson));
    }

    [Fact]
    public void Question_AboutARequestThatIsAnswered_IsNotAsked()
    {
        var offered = New(AccessRequest.New).After(state => PackageDecisions.Offer((PackagedRequest)state, new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero), new(1, 1, "ab", 10)));
        Assert.Equal(MessageBar.NothingOwed, MessageDecisions.WhyNotFromUs(offered, asks: true));
        Assert.Null(MessageDecisions.WhyNotFromUs(offered, asks: false));
        Assert.Null(offered.After(Asks("q1", "2026-03-05")).AskedOn);
        Assert.Equal(MessageBar.Unread, MessageDecisions.WhyNotFromUs(offered.After(Receives("m1", "2026-03-05")), asks: false));
    }

    [Fact]
    public void Comments_OfOperators_MoveNothingOn_AndAreNotEndless()
    {
        SubjectRequest noted = New(ErasureRequest.New);
        for (var number = 0; number < CommentDecisions.Most + 5; number++) noted = noted.After(state => CommentDecisions.Add(state, $"c{number}", "op-1"));
        Assert.Equal(New(ErasureRequest.New) with { Comments = CommentDecisions.Most }, noted);
        Assert.IsType<Decision.Change>(CommentDecisions.Add(New(ErasureRequest.New).After(_ => new Decision.Change(new CaseFact.Closed(CaseOutcome.Erased))), "c", "op-1"));
    }

    private static ClockDays On(string day) => new(DateOnly.Parse(day), ReceivedOn, Holidays);

    private static Func<SubjectRequest, Decision> Receives(string name, string day) => state => MessageDecisions.Receive(state, name, On(day));

    private static Func<SubjectRequest, Decision> Asks(string name, string day) =>
        state => MessageDecisions.Send(state, name, asks: true, "op-1", DateOnly.Parse(day));

    private static SubjectRequest New<TRequest>(
        NewRequest<TRequest> @new, Residence residence = Residence.Elsewhere, bool pauses = false, bool isConfirmed = true)
        where TRequest : SubjectRequest
    {
        var plan = new CasePlan(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)) { PausesForAnswers = pauses };
        SubjectRequest asked = RequestDecisions.Receive(
            @new, CaseId.Parse("00112233445566778899aabbccddeeff"), plan, new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), ReceivedOn, residence, Holidays, "form", "c0")
            .Request;
        return isConfirmed ? asked.After(RequestDecisions.Confirm) : asked;
    }
}
