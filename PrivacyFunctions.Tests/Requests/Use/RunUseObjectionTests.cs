using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Requests.Use;
using PrivacyFunctions.Requests.Use.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Use;

/// <summary>The procedure, replayed for real: which steps, and in which order.</summary>
[Clause("R-OBJECT")]
public class RunUseObjectionTests
{
    private static readonly string[] UntilStopped =
    [
        nameof(AdmitRequest), nameof(AskForConfirmation), nameof(ReadCaseStatus), nameof(StopUse), nameof(TellUseStopped),
        nameof(ReadCaseStatus),
    ];

    [Fact]
    public async Task Upheld_StaysStopped_AndIsToldAndClosedAtOnce()
    {
        await using var run = await UseRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        Assert.Equal(UntilStopped, run.Calls);
        await run.PassDaysAsync(60); // overdue, it waits on: the nightly watch tells
        Assert.Equal(UntilStopped, run.Calls);

        await run.DecideAsync(Weigh(Weighing.Upheld));
        Assert.Equal([.. UntilStopped, nameof(ReadCaseStatus), nameof(TellUseUpheld), nameof(CloseCase)], run.Calls);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), UseRun.Version);
    }

    [Fact]
    public async Task Overridden_IsLiftedAWeekAfterThePersonKnows()
    {
        await using var run = await UseRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        await run.DecideAsync(Weigh(Weighing.Overridden));
        await run.PassDaysAsync(RestrictionDecisions.NoticeDays);
        Assert.DoesNotContain(nameof(LiftRestriction), run.Calls);
        await run.PassDaysAsync(1);
        Assert.Equal(
            [.. UntilStopped, nameof(ReadCaseStatus), nameof(AnnounceLifting), nameof(ReadCaseStatus), nameof(LiftRestriction), nameof(CloseCase)],
            run.Calls);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), UseRun.Version);
    }

    // The person was right to disagree, or could not be told: it is weighed again, and may come to the contrary.
    [Fact]
    public async Task Overridden_TakenBackOrNotTold_IsWeighedAgain()
    {
        await using var run = await UseRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        run.CannotBeTold = true;
        await run.DecideAsync(Weigh(Weighing.Overridden));
        Assert.Equal(CaseStatus.AwaitingDecision, run.Case.Status);
        await run.PassDaysAsync(20);
        run.CannotBeTold = false;
        await run.DecideAsync(Weigh(Weighing.Overridden));
        await run.PassDaysAsync(3);
        await run.DecideAsync(state => RestrictionDecisions.WithdrawLifting(state, "by-operator"));
        await run.PassDaysAsync(400);
        Assert.DoesNotContain(nameof(LiftRestriction), run.Calls);

        await run.DecideAsync(Weigh(Weighing.Upheld));
        Assert.DoesNotContain(nameof(LiftRestriction), run.Calls);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), UseRun.Version);
    }

    [Fact]
    public async Task NeverConfirmed_IsToldAndNothingIsStopped()
    {
        await using var run = await UseRun.StartAsync();
        await run.BeginAsync();
        await run.PassDaysAsync(45);
        Assert.DoesNotContain(nameof(StopUse), run.Calls);
        Assert.Equal((true, CaseOutcome.NotIdentified), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), UseRun.Version);
    }

    // Begun again by an operator after the decision, it does not wait for another one.
    [Fact]
    public async Task BegunAgain_AfterTheDecision_GoesOnWithIt()
    {
        await using var run = await UseRun.StartAsync();
        run.Case = run.Case.After(RequestDecisions.Confirm).After(state => UseDecisions.NoteStopped(state, ["usage-log"], state.ReceivedAt))
            .After(Weigh(Weighing.Overridden));
        await run.BeginAsync();
        Assert.Contains(nameof(AnnounceLifting), run.Calls);
        await run.PassDaysAsync(RestrictionDecisions.NoticeDays + 1);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), UseRun.Version);
    }

    [Fact]
    public async Task StepThatStaysBroken_IsShown_AndDoneWhenItCanBe()
    {
        await using var run = await UseRun.StartAsync();
        run.Failures[nameof(TellUseUpheld)] = int.MaxValue;
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        await run.DecideAsync(Weigh(Weighing.Upheld));
        await run.PassDaysAsync(3);
        Assert.Contains(nameof(NoteAttention), run.Calls);
        Assert.DoesNotContain(nameof(CloseCase), run.Calls);

        run.Failures.Clear();
        await run.PassDaysAsync(2);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), UseRun.Version);
    }

    private static Func<UseRequest, Decision> Weigh(Weighing outcome) =>
        state => UseDecisions.Weigh(state, outcome, false, "op-7", "0a", state.Statements);
}
