using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Objection.Model;

[Clause("R-OBJECT")]
public class ObjectionRequestTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static ObjectionRequest New => RequestDecisions.Receive(
        ObjectionRequest.New, CaseId.Parse("00000000000000000000000000000001"),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), Now, new(2026, 3, 2),
        Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request;

    private static ObjectionRequest Stopped => New.After(state => state.NoteStopped(Now));

    [Fact]
    [Clause("L9")]
    public void New_AsksNobodyForAProof_AndIsAtWorkFromTheStart()
    {
        Assert.Equal((CaseStatus.Accepted, true, false), (New.Status, New.IsAtWork, New.CanBeConfirmed));
        Assert.Equal(new DateOnly(2026, 4, 2), New.DueOn);
        Assert.Null(New.GoesOnAt);
    }

    [Fact]
    public void Stopped_IsNotedOnce_AndThenItCanClose()
    {
        Assert.Equal((Now, CaseOutcome.Answered), (Stopped.StoppedAt, Stopped.Done));
        Assert.Same(Decision.Nothing, Stopped.NoteStopped(Now.AddDays(1)));
        Assert.Same(Decision.Nothing, RequestDecisions.Close(New, Now.AddYears(1)));
        var closed = Stopped.After(state => RequestDecisions.Close(state, Now));
        Assert.Equal((true, CaseOutcome.Answered), (closed.IsClosed, closed.Outcome));
        Assert.Same(Decision.Nothing, closed.NoteStopped(Now));
    }

    // Each is honoured on its receipt, so that one of the day is a record for those that come after it.
    [Fact]
    public void AnotherObjectionOfTheDay_JoinsIt_WhereverItStands() => Assert.All(
        [New, Stopped, Stopped.After(state => RequestDecisions.Close(state, Now))], objection => Assert.True(objection.CanBeJoined));

    [Fact]
    public void Commands_OfProof_ChangeNothing()
    {
        Assert.Same(Decision.Nothing, RequestDecisions.Ask(New));
        Assert.Same(Decision.Nothing, RequestDecisions.Confirm(New));
        Assert.Same(Decision.Nothing, RequestDecisions.GiveUpWaiting(New, Now.AddYears(1)));
    }
}
