using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Model;

/// <summary>What becomes of the due dates of two requests that are answered together: the earlier one is never lost.</summary>
[Clause("L1")]
public class JoinedClockTests
{
    private static readonly Calendars Holidays = HolidayCalendars.Of("EU");
    private static readonly DateOnly Today = new(2026, 3, 24);
    private static readonly LegalTime Time = LegalTimes.In("Europe/Dublin");

    [Theory]
    [InlineData("2026-03-03", "2026-04-07")] // 3 April is Good Friday, and Monday is a holiday, too
    [InlineData("2026-03-23", "2026-04-23")]
    [InlineData("2025-12-24", "2026-01-26")] // overdue already
    public void Letter_ReceivedBefore_BringsTheDueDateForward(string receivedOn, string due)
    {
        var open = New(Today).After(state => Hold(state, New(Day(receivedOn)), Day(receivedOn)));
        Assert.Equal((Day(due), Day(due)), (open.Due.On, open.DueOn));
        Assert.Equal((Today, Day(receivedOn)), (open.ReceivedOn, open.EarlierReceivedOn));
        Assert.Same(Decision.Nothing, Hold(open, New(Day(receivedOn)), Day(receivedOn)));
        Assert.Same(Decision.Nothing, Hold(open, New(Today), Today));
    }

    [Fact]
    public void Letter_DueOnTheSameDayOrLater_ChangesNothing()
    {
        // 3 and 4 April, and the days up to the 6th, all lead to 7 April.
        Assert.Same(Decision.Nothing, Hold(New(new(2026, 3, 3)), New(new(2026, 3, 5)), new(2026, 3, 5)));
        Assert.Same(Decision.Nothing, Hold(New(new(2026, 3, 3)), New(new(2026, 3, 3)), new(2026, 3, 3)));
        Assert.Same(Decision.Nothing, Hold(New(new(2026, 3, 3)), New(new(2026, 3, 20)), new(2026, 3, 20)));
    }

    // Both were due on 4 May: an extension counts from the receipt of the letter all the same.
    [Fact]
    [Clause("L2")]
    public void Letter_ReceivedBefore_AndDueOnTheSameDay_IsWhereAnExtensionCountsFrom()
    {
        var open = New(new(2026, 4, 4)).After(RequestDecisions.Confirm);
        var joined = open.After(state => Hold(state, New(new(2026, 4, 2)), new(2026, 4, 2)));
        Assert.Equal((open.Due.On, (DateOnly?)new DateOnly(2026, 4, 2)), (joined.Due.On, joined.EarlierReceivedOn));
        Assert.Same(Decision.Nothing, Hold(joined, New(new(2026, 4, 2)), new(2026, 4, 2)));
        Assert.Same(Decision.Nothing, Hold(joined, New(new(2026, 4, 3)), new(2026, 4, 3)));
        Assert.Equal(new DateOnly(2026, 7, 2), Extended(joined, new(2026, 4, 20)).Due.On);
    }

    // Its clock had stood still until 20 April; it began before the letter came, and that is where it still begins.
    [Fact]
    [Clause("L4")]
    public void Letter_ThatJoinsWhatStoodStill_IsAnsweredInTime_AndNothingBeginsLater()
    {
        var open = Paused(on: new(2026, 3, 2), asked: new(2026, 3, 4), answered: new(2026, 3, 21));
        Assert.Equal((new DateOnly(2026, 4, 20), new DateOnly(2026, 4, 2)), (open.Due.On, open.WithoutPauses));
        var joined = open.After(state => Hold(state, New(new(2026, 3, 9)), new(2026, 3, 9)));
        Assert.Equal((new DateOnly(2026, 4, 9), (DateOnly?)new DateOnly(2026, 4, 2)), (joined.Due.On, joined.WithoutPauses));
        Assert.Equal(new DateOnly(2026, 3, 2), Time.ClockStartsOn(joined));
        Assert.Equal(new DateOnly(2026, 6, 2), Extended(joined, new(2026, 3, 24)).Due.On);

        // One that was due before the pause leaves nothing of it.
        var earlier = joined.After(state => Hold(state, New(new(2026, 2, 26)), new(2026, 2, 26)));
        Assert.Equal((new DateOnly(2026, 3, 26), (DateOnly?)null), (earlier.Due.On, earlier.WithoutPauses));
        Assert.Equal(new DateOnly(2026, 2, 26), Time.ClockStartsOn(earlier));
    }

    // Wherever the other one's person lives, and whatever was extended or stood still before.
    [Theory]
    [InlineData(Residence.Elsewhere, true, true)]
    [InlineData(Residence.UnitedKingdom, true, true)]
    [InlineData(Residence.UnitedKingdom, false, false)]
    [InlineData(Residence.Elsewhere, false, true)]
    [Clause("L3")]
    [Clause("L4")]
    public void Date_ThatHolds_IsMovedByNoAnswerToAQuestion(Residence residence, bool pauses, bool isExtended)
    {
        var open = Paused(on: Today.AddDays(-1), asked: Today, answered: Today.AddDays(1), pauses);
        if (isExtended) open = Extended(open, Today.AddDays(2));
        var held = open.After(state => JoinedClock.Hold(state, Time.ClockStartsOn(state), New(new(2026, 3, 1), residence), new(2026, 3, 1), new(2026, 4, 5), Holidays));
        Assert.Equal(new DateOnly(2026, 4, 1), held.Due.On);
        foreach (var day in new[] { new DateOnly(2026, 3, 28), new(2026, 4, 1), new(2026, 4, 20) })
        {
            var asked = held.After(state => MessageDecisions.Send(state, $"q{day}", asks: true, "op-7", new(2026, 3, 28)));
            var answered = asked.After(state => MessageDecisions.Receive(state, $"m{day}", Days(state, day)));
            Assert.Equal((held.Due.On, held.WithoutPauses), (answered.Due.On, answered.WithoutPauses));
        }
    }

    // It answers nothing more: the letter gets a case of its own.
    [Fact]
    public void Complaint_ThatIsDecided_KeepsItsDate()
    {
        var letter = New(new(2026, 3, 3));
        var open = ComplaintRequest.New(letter.Id, letter.ReceivedAt, New(Today).Due, letter.Plan) with { ReceivedOn = Today };
        Assert.IsType<Decision.Change>(Hold(open, letter, new(2026, 3, 3)));
        var decided = open with { Finding = ComplaintFinding.Upheld };
        Assert.False(decided.CanBeJoined);
        Assert.Same(Decision.Nothing, Hold(decided, New(new(2026, 3, 3)), new(2026, 3, 3)));
    }

    [Fact]
    public void Case_ThatIsClosed_KeepsItsDate() => Assert.Same(
        Decision.Nothing, Hold(New(Today) with { Status = CaseStatus.Closed }, New(new(2026, 3, 3)), new(2026, 3, 3)));

    // The notice serves both if it came within the first month of each.
    [Theory]
    [InlineData("2026-03-03", "2026-06-03")]
    [InlineData("2026-02-24", "2026-05-25")] // the last day of its month is today; 24 May is a Sunday
    [InlineData("2026-02-20", "2026-03-20")]
    [Clause("L2")]
    public void Letter_ThatJoinsWhatWasExtended_IsDueLaterOnlyIfItsPersonWasToldInTime(string receivedOn, string due)
    {
        var extended = New(Today).After(RequestDecisions.Confirm)
            .After(state => Extensions.Extend(state, ExtensionReason.Complex, "op-7", Today, Today, Holidays));
        Assert.Equal(Day(due), extended.After(state => Hold(state, New(Day(receivedOn)), Day(receivedOn))).Due.On);
    }

    [Fact]
    [Clause("L3")]
    public void Letter_FromTheUnitedKingdom_TellsNoPlaceInTheChain()
    {
        // 1 May is a holiday in the Union, and none in England.
        var letter = New(new(2026, 4, 1), Residence.UnitedKingdom);
        var fact = (CaseFact.ReceivedEarlier)((Decision.Change)Hold(New(new(2026, 4, 1)), letter, new(2026, 4, 1))).Facts.Single();
        Assert.Equal(new DateOnly(2026, 5, 1), fact.Due.On);
        Assert.DoesNotContain("L3", fact.Due.Trace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-24", Residence.Elsewhere, false)]
    [InlineData("2026-03-23", Residence.Elsewhere, true)]
    public void Request_ThatCameTodayLikeTheOthers_IsNotLookedAt(string receivedOn, Residence residence, bool maybe) =>
        Assert.Equal(maybe, JoinedClock.MayBeEarlier(New(Day(receivedOn), residence), Today, Holidays));

    // For every day of a year on which a letter may be entered, and every age that it may have.
    [Fact]
    public void Letter_OfAnyAge_IsDueWithItsOwnDateAtTheLatest()
    {
        for (var today = new DateOnly(2027, 6, 1); today < new DateOnly(2028, 6, 1); today = today.AddDays(1))
            for (var age = 0; age < 60; age += 7)
            {
                var letter = New(today.AddDays(-age));
                var open = Hold(New(today), letter, today.AddDays(-age)) is Decision.Change { Facts: [CaseFact.ReceivedEarlier earlier] } ? earlier.Due : New(today).Due;
                Assert.True(open.On <= letter.Due.On && open.On <= New(today).Due.On, $"{today}, {age}");
                if (open.On < New(today).Due.On) Assert.True(JoinedClock.MayBeEarlier(letter, today, Holidays));
            }
    }

    private static Decision Hold(SubjectRequest open, SubjectRequest joining, DateOnly on) =>
        JoinedClock.Hold(open, Time.ClockStartsOn(open), joining, on, Today, Holidays);

    private static SubjectRequest Extended(SubjectRequest open, DateOnly today) =>
        open.After(state => Extensions.Extend(state, ExtensionReason.Complex, "op-7", Time.ClockStartsOn(state), today, Holidays));

    private static SubjectRequest Paused(DateOnly on, DateOnly asked, DateOnly answered, bool pauses = true)
    {
        SubjectRequest open = New(on);
        return (open with { Plan = open.Plan with { PausesForAnswers = pauses } }).After(RequestDecisions.Confirm)
            .After(state => MessageDecisions.Send(state, "q", asks: true, "op-7", asked))
            .After(state => MessageDecisions.Receive(state, "m", Days(state, answered)));
    }

    private static ClockDays Days(SubjectRequest state, DateOnly today) => new(today, Time.ClockStartsOn(state), Holidays);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");

    private static AccessRequest New(DateOnly receivedOn, Residence residence = Residence.Elsewhere) => RequestDecisions.Receive(
        AccessRequest.New, CaseId.FromBytes(new byte[16]),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)),
        new(2026, 3, 24, 9, 0, 0, TimeSpan.Zero), receivedOn, residence, Holidays, "letter", "c0").Request;
}
