using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Model;

/// <summary>When an answer may take longer, and until when.</summary>
[Clause("L2")]
public class ExtensionsTests
{
    private static readonly Calendars Holidays = HolidayCalendars.Of("EU");
    private static readonly DateOnly ReceivedOn = new(2026, 3, 2);

    [Fact]
    public void Extended_WithinTheFirstMonth_IsDueThreeMonthsAfterItsReceipt()
    {
        var extended = New(AccessRequest.New).After(RequestDecisions.Confirm).After(state => Extend(state, new(2026, 4, 2)));
        Assert.Equal((new DateOnly(2026, 6, 2), ExtensionReason.Complex), (extended.Due.On, extended.Extended));
        Assert.Equal(extended.Due.On, extended.DueOn);
        Assert.Same(Decision.Nothing, Extend(extended, new(2026, 4, 2)));
        Assert.Equal(ExtensionBar.Extended, Extensions.WhyNot(extended, new(2026, 4, 2)));
    }

    [Fact]
    public void Extended_OfSomebodyInTheUnitedKingdom_TellsNoPlaceInTheChain()
    {
        var confirmed = New(ErasureRequest.New, Residence.UnitedKingdom).After(RequestDecisions.Confirm);
        var fact = (CaseFact.DueExtended)((Decision.Change)Extend(confirmed, new(2026, 3, 3))).Facts.Single();
        Assert.DoesNotContain("L3", fact.Due.Trace, StringComparison.Ordinal);
        Assert.Equal(StatutoryClock.ExtendedAnswer(ReceivedOn, Residence.UnitedKingdom, Holidays).On, fact.Due.On);
    }

    [Fact]
    public void Extended_AfterTheFirstMonth_IsTooLate()
    {
        var confirmed = New(AccessRequest.New).After(RequestDecisions.Confirm);
        Assert.Equal(ExtensionBar.TooLate, Extensions.WhyNot(confirmed, new(2026, 4, 3)));
        Assert.Same(Decision.Nothing, Extend(confirmed, new(2026, 4, 3)));
    }

    [Fact]
    public void Request_ThatWaitsForThePersonOrIsDone_IsNotExtended()
    {
        var asked = New(AccessRequest.New);
        foreach (var request in new SubjectRequest[]
        {
            asked, asked with { Status = CaseStatus.NotIdentified }, asked with { Status = CaseStatus.Offered },
            asked with { Status = CaseStatus.Closed }, New(ObjectionRequest.New),
        })
        {
            Assert.Equal(ExtensionBar.NothingOwed, Extensions.WhyNot(request, ReceivedOn));
            Assert.Same(Decision.Nothing, Extend(request, ReceivedOn));
        }
    }

    // The mail takes a while, and meanwhile a letter may join that is due earlier, or a question be answered that stops the clock.
    [Theory]
    [InlineData("2026-03-02", "2026-06-02")]
    [InlineData("2026-02-20", "2026-05-20")]
    [InlineData("2026-03-09", "2026-06-02")]
    [Clause("L1")]
    public void Date_ThatThePersonWasTold_IsOverruledByAnEarlierOneOnly(string from, string due)
    {
        var confirmed = New(AccessRequest.New).After(RequestDecisions.Confirm);
        var told = (CaseFact.DueExtended)((Decision.Change)Extend(confirmed, new(2026, 3, 20))).Facts.Single();
        var now = Extensions.Extend(confirmed, ExtensionReason.Complex, "op-7", DateOnly.ParseExact(from, "yyyy-MM-dd"), new(2026, 3, 20), Holidays);
        Assert.Equal(DateOnly.ParseExact(due, "yyyy-MM-dd"), confirmed.After(_ => Extensions.Told(now, told)).Due.On);
        Assert.Same(Decision.Nothing, Extensions.Told(Decision.Nothing, told));
    }

    private static Decision Extend(SubjectRequest request, DateOnly today) =>
        Extensions.Extend(request, ExtensionReason.Complex, "op-7", ReceivedOn, today, Holidays);

    private static T New<T>(NewRequest<T> kind, Residence residence = Residence.Elsewhere)
        where T : SubjectRequest => RequestDecisions.Receive(
            kind, CaseId.FromBytes(new byte[16]),
            new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)),
            new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), ReceivedOn, residence, Holidays, "form", "c0").Request;
}
