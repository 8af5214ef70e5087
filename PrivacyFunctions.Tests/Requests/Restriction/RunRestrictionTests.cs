using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Restriction;

/// <summary>The procedure, replayed for real: which steps, and in which order.</summary>
[Clause("R-RESTRICT")]
public class RunRestrictionTests
{
    private static readonly string[] UntilRestricted =
    [
        nameof(AdmitRequest), nameof(AskForConfirmation), nameof(ReadCaseStatus), nameof(RestrictUse), nameof(TellRestricted),
        nameof(ReadCaseStatus),
    ];

    private static readonly string[] Ending =
        [nameof(ReadCaseStatus), nameof(AnnounceLifting), nameof(ReadCaseStatus), nameof(LiftRestriction), nameof(CloseCase)];

    [Fact]
    public async Task Confirmed_LastsUntilAnOperatorDecides_AndIsLiftedWhenThePersonKnows()
    {
        await using var run = await RestrictionRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        Assert.Equal(UntilRestricted, run.Calls);
        await run.PassDaysAsync(200);
        Assert.Equal(UntilRestricted, run.Calls);

        await run.DecideAsync(state => RestrictionDecisions.DecideLifting(state, LiftReason.Checked, false, "op-7"));
        await run.PassDaysAsync(RestrictionDecisions.NoticeDays);
        Assert.DoesNotContain(nameof(LiftRestriction), run.Calls);
        await run.PassDaysAsync(1);
        Assert.Equal([.. UntilRestricted, .. Ending], run.Calls);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), RestrictionRun.Version);
    }

    // A restriction may last for years: it is looked at once a year, and still hears the decision.
    [Fact]
    public async Task Restricted_ForYears_StillHearsTheDecision()
    {
        await using var run = await RestrictionRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        await run.PassDaysAsync(3 * 365 + 1);
        Assert.Equal([.. UntilRestricted, nameof(ReadCaseStatus), nameof(ReadCaseStatus), nameof(ReadCaseStatus)], run.Calls);

        await run.DecideAsync(state => RestrictionDecisions.DecideLifting(state, LiftReason.Wished, false, "op-7"));
        await run.PassDaysAsync(RestrictionDecisions.NoticeDays + 1);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), RestrictionRun.Version);
    }

    [Fact]
    public async Task NeverConfirmed_IsToldAndNothingIsRestricted()
    {
        await using var run = await RestrictionRun.StartAsync();
        await run.BeginAsync();
        await run.PassDaysAsync(45);
        Assert.DoesNotContain(nameof(RestrictUse), run.Calls);
        Assert.Equal((true, CaseOutcome.NotIdentified), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), RestrictionRun.Version);
    }

    // Begun again by an operator after the decision, it does not wait for another one.
    [Fact]
    public async Task BegunAgain_AfterTheDecision_GoesOnWithIt()
    {
        await using var run = await RestrictionRun.StartAsync();
        run.Case = run.Case.After(RequestDecisions.Confirm).After(state => RestrictionDecisions.NoteRestricted(state, state.ReceivedAt))
            .After(state => RestrictionDecisions.DecideLifting(state, LiftReason.Wished, false, "op-7"));
        await run.BeginAsync();
        Assert.Contains(nameof(AnnounceLifting), run.Calls);
        await run.PassDaysAsync(RestrictionDecisions.NoticeDays + 1);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), RestrictionRun.Version);
    }

    // The person was right to disagree, or could not be told: it lasts until it is decided again.
    [Fact]
    public async Task Lifting_TakenBackOrNotTold_LastsUntilItIsDecidedAgain()
    {
        await using var run = await RestrictionRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        await run.DecideAsync(state => RestrictionDecisions.DecideLifting(state, LiftReason.Checked, false, "op-7"));
        await run.PassDaysAsync(3);
        await run.DecideAsync(state => RestrictionDecisions.WithdrawLifting(state, "by-operator"));
        run.CannotBeTold = true;
        await run.DecideAsync(state => RestrictionDecisions.DecideLifting(state, LiftReason.Checked, false, "op-7"));
        await run.PassDaysAsync(100);
        Assert.DoesNotContain(nameof(LiftRestriction), run.Calls);
        Assert.Equal(CaseStatus.Restricted, run.Case.Status);

        run.CannotBeTold = false;
        await run.DecideAsync(state => RestrictionDecisions.DecideLifting(state, LiftReason.Checked, true, "op-7"));
        await run.PassDaysAsync(RestrictionDecisions.NoticeDays + 1);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), RestrictionRun.Version);
    }
}
