using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Model;

/// <summary>What becomes of the due dates of two requests that are answered together: the earlier one is never lost.</summary>
[Clause("L1")]
public class JoinedClockTests
{
    private static readonly Calendars Holidays = HolidayCalendars.Of("EU");
    private static readonly DateOnly Today = new(2026, 3, 24);

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
        Assert.Same(Decision.Nothing, Hold(New(new(2026, 3, 5)), New(new(2026, 3, 3)), new(2026, 3, 3)));
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

    private static Decision Hold(SubjectRequest open, SubjectRequest joining, DateOnly on) => JoinedClock.Hold(open, joining, on, Today, Holidays);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");

    private static AccessRequest New(DateOnly receivedOn, Residence residence = Residence.Elsewhere) => RequestDecisions.Receive(
        AccessRequest.New, CaseId.FromBytes(new byte[16]),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)),
        new(2026, 3, 24, 9, 0, 0, TimeSpan.Zero), receivedOn, residence, Holidays, "letter", "c0").Request;
}
