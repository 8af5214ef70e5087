using CsCheck;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Clock;
using PrivacyFunctions.Domain.Requests;

namespace PrivacyFunctions.Tests.Domain.Requests;

public class AccessDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private static readonly PackageContents Contents = new(13, 26, "ab", 1000);

    private static Case New =>
        AccessDecisions.Receive(Id(1), Plan, Now, new(2026, 3, 2), HolidayCalendar.EuropeanSample, "form", "c0").Case;

    [Fact]
    public void Confirm_Awaiting_Confirms() => Assert.Equal(CaseStatus.Confirmed, After(New, AccessDecisions.Confirm).Status);

    [Fact]
    public void Confirm_NotIdentified_ResumesWithoutAnOutcome()
    {
        var resumed = After(After(New, AccessDecisions.GiveUpWaiting), AccessDecisions.Confirm);
        Assert.Equal((CaseStatus.Confirmed, CaseOutcome.None), (resumed.Status, resumed.Outcome));
    }

    [Fact]
    public void GiveUpWaiting_Confirmed_LeavesItConfirmed() =>
        Assert.Equal(CaseStatus.Confirmed, After(After(New, AccessDecisions.Confirm), AccessDecisions.GiveUpWaiting).Status);

    [Fact]
    public void Offer_Repeated_KeepsTheFirstEnd()
    {
        var offered = After(After(New, AccessDecisions.Confirm), state => AccessDecisions.Offer(state, Now, Contents));
        var again = After(offered, state => AccessDecisions.Offer(state, Now.AddDays(3), Contents));
        Assert.Equal(Now.AddDays(14), again.OfferedUntil);
    }

    [Fact]
    public void IsOpen_AtTheEndOfItsTime_IsFalse()
    {
        var offered = After(After(New, AccessDecisions.Confirm), state => AccessDecisions.Offer(state, Now, Contents));
        Assert.True(AccessDecisions.IsOpen(offered, offered.OfferedUntil!.Value.AddTicks(-1)));
        Assert.False(AccessDecisions.IsOpen(offered, offered.OfferedUntil.Value));
        Assert.False(AccessDecisions.IsOpen(offered.Apply(new CaseFact.ExportDeleted()), Now));
    }

    [Theory]
    [InlineData(0, CaseStatus.AwaitingConfirmation)]
    [InlineData(2, CaseStatus.AwaitingConfirmation)]
    [InlineData(3, CaseStatus.Closed)]
    public void Admit_AfterSoManyToday_IsLinkedFromTheFourthOn(int others, CaseStatus status) =>
        Assert.Equal(status, After(New, state => AccessDecisions.Admit(state, [.. Enumerable.Range(2, others).Select(Id)])).Status);

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
                    0 => AccessDecisions.Confirm,
                    1 => AccessDecisions.GiveUpWaiting,
                    2 => found => AccessDecisions.Offer(found, Now, Contents),
                    3 => AccessDecisions.Close,
                    _ => found => AccessDecisions.Admit(found, []),
                });
                confirmed |= state.Status == CaseStatus.Confirmed;
                if (before.Status == CaseStatus.Closed && state != before) return false;
            }

            return state.OfferedUntil is null || confirmed;
        });

    private static Case After(Case state, Func<Case, Decision> decide) =>
        decide(state) is Decision.Change change ? change.Facts.Aggregate(state, (found, fact) => found.Apply(fact)) : state;

    private static CaseId Id(int number) => CaseId.Parse(number.ToString("x32"));
}
