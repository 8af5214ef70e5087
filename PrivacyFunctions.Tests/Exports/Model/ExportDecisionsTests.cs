using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Exports.Model;

/// <summary>A package opens while it is offered, and its deletion is noted once.</summary>
[Clause("R-ACCESS")]
public class ExportDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static AccessRequest Confirmed => RequestDecisions.Receive(
        AccessRequest.New, CaseId.Parse("00000000000000000000000000000001"),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), Now, new(2026, 3, 2),
        Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request.After(RequestDecisions.Confirm);

    private static AccessRequest Offered => Confirmed.After(state => PackageDecisions.Offer(state, Now, new(13, 26, "ab", 1000)));

    [Fact]
    public void Open_WhileItIsOffered_IsNoted()
    {
        var opened = Assert.IsType<Decision.Change>(ExportDecisions.Open(Offered, Now.AddDays(14).AddTicks(-1)));
        Assert.Equal([new CaseFact.ExportOpened()], opened.Facts);
    }

    [Fact]
    public void Open_NeverOfferedOrOver_OpensNothing()
    {
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.Open(Confirmed, Now));
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.Open(Offered, Now.AddDays(14)));
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.Open(Offered.After(ExportDecisions.NoteDeleted), Now));
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.Open(Offered.After(Close), Now));
    }

    [Fact]
    public void NoteDeleted_OfWhatWasOffered_IsNotedOnce()
    {
        var deleted = Offered.After(ExportDecisions.NoteDeleted);
        Assert.True(deleted.ExportDeleted);
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.NoteDeleted(deleted));
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.NoteDeleted(Confirmed));
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.NoteDeleted(Offered.After(Close)));
    }

    private static Decision Close(AccessRequest state) => RequestDecisions.Close(state, Now);
}
