using CsCheck;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Model;

public class PackageDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private static readonly PackageContents Contents = new(13, 26, "ab", 1000);

    private static AccessRequest New =>
        RequestDecisions.Receive(AccessRequest.New, Id(1), Plan, Now, new(2026, 3, 2),
            Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request;

    [Fact]
    public void Confirm_Awaiting_Confirms() => Assert.Equal(CaseStatus.Confirmed, After(New, RequestDecisions.Confirm).Status);

    [Fact]
    public void Confirm_NotIdentified_ResumesWithoutAnOutcome()
    {
        var resumed = After(After(New, GiveUp), RequestDecisions.Confirm);
        Assert.Equal((CaseStatus.Confirmed, CaseOutcome.None), (resumed.Status, resumed.Outcome));
    }

    [Fact]
    public void GiveUpWaiting_Confirmed_LeavesItConfirmed() =>
        Assert.Equal(CaseStatus.Confirmed, After(After(New, RequestDecisions.Confirm), GiveUp).Status);

    [Fact]
    [Clause("L9")]
    public void GiveUpWaiting_BeforeTheWindowsEnd_DoesNothing() => Assert.Equal(
        CaseStatus.AwaitingConfirmation,
        After(New, state => RequestDecisions.GiveUpWaiting(state, state.ConfirmBy.AddTicks(-1))).Status);

    [Fact]
    [Clause("L9")]
    public void Close_NotIdentifiedButStillToBeResumed_DoesNothing()
    {
        var rested = After(New, GiveUp);
        Assert.Equal(rested, After(rested, state => RequestDecisions.Close(state, state.ResumeBy.AddTicks(-1))));
        Assert.True(After(rested, state => RequestDecisions.Close(state, state.ResumeBy)).IsClosed);
    }

    [Fact]
    public void Offer_Repeated_KeepsTheFirstEnd()
    {
        var offered = After(After(New, RequestDecisions.Confirm), state => PackageDecisions.Offer(state, Now, Contents));
        var again = After(offered, state => PackageDecisions.Offer(state, Now.AddDays(3), Contents));
        Assert.Equal(Now.AddDays(14), again.OfferedUntil);
    }

    [Fact]
    public void IsOpen_AtTheEndOfItsTime_IsFalse()
    {
        var offered = After(After(New, RequestDecisions.Confirm), state => PackageDecisions.Offer(state, Now, Contents));
        Assert.True(offered.OffersExport(offered.OfferedUntil!.Value.AddTicks(-1)));
        Assert.False(offered.OffersExport(offered.OfferedUntil.Value));
        Assert.False(offered.Apply(new CaseFact.ExportDeleted(), Now).OffersExport(Now));
    }

    [Fact]
    public void Join_UnlessItIsConfirmed_IsClosedWithTheOther()
    {
        var joined = After(New, state => RequestDecisions.Join(state, Id(2)));
        Assert.Equal((CaseStatus.Closed, CaseOutcome.AnsweredByAnotherCase), (joined.Status, joined.Outcome));
        Assert.Equal(joined, After(joined, state => RequestDecisions.Join(state, Id(3))));
        var confirmed = After(New, RequestDecisions.Confirm);
        Assert.Equal(confirmed, After(confirmed, state => RequestDecisions.Join(state, Id(2))));
    }

    [Fact]
    public void AnyOrderOfCommands_AnswersOnlyWhatWasConfirmedAndClosesForGood() =>
        Gen.Int[0, 4].Array[0, 12].Sample(commands =>
        {
            var (state, confirmed) = (New, false);
            foreach (var command in commands)
            {
                var before = state;
                state = After(state, command switch
                {
                    0 => RequestDecisions.Confirm,
                    1 => GiveUp,
                    2 => found => PackageDecisions.Offer(found, Now, Contents),
                    3 => found => RequestDecisions.Close(found, found.ResumeBy),
                    _ => found => RequestDecisions.Ask(found),
                });
                confirmed |= state.Status == CaseStatus.Confirmed;
                if (before.Status == CaseStatus.Closed && state != before) return false;
            }

            return state.OfferedUntil is null || confirmed;
        });

    private static Decision GiveUp(AccessRequest state) => RequestDecisions.GiveUpWaiting(state, state.ConfirmBy);

    private static AccessRequest After(AccessRequest state, Func<AccessRequest, Decision> decide) => state.After(decide);

    private static CaseId Id(int number) => CaseId.Parse(number.ToString("x32"));
}
