using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Rectification;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Rectification;

/// <summary>The procedure, replayed for real: which steps, and in which order.</summary>
[Clause("R-RECTIFY")]
public class RunRectificationTests
{
    private static readonly string[] UntilOffered =
        [nameof(AdmitRequest), nameof(AskForConfirmation), nameof(ReadCaseStatus), nameof(OfferCorrections)];

    private static readonly string[] Ending = [nameof(TellCorrected), nameof(CloseCase)];

    [Fact]
    public async Task Sent_IsMadeAndToldAtOnce()
    {
        await using var run = await RectificationRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        await run.PassDaysAsync(3);
        Assert.Equal(UntilOffered, run.Calls);

        await run.SendAsync("profiles", "testimonials");
        Assert.Equal([.. UntilOffered, nameof(ReadCaseStatus), nameof(CorrectData), .. Ending], run.Calls);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Assert.All(run.Case.Wanted, wanted => Assert.Equal((CorrectionState.Made, 2), (wanted.State, wanted.Records)));
        Histories.Record(run.History(), RectificationRun.Version);
    }

    [Fact]
    public async Task NothingSentInTime_IsToldAndChangesNothing()
    {
        await using var run = await RectificationRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        await run.PassDaysAsync(13);
        Assert.DoesNotContain(nameof(CorrectData), run.Calls);
        await run.PassDaysAsync(2);
        Assert.Equal([.. UntilOffered, nameof(ReadCaseStatus), nameof(CorrectData), .. Ending], run.Calls);
        Assert.Equal((true, CaseOutcome.Answered, ""), (await run.IsCompletedAsync(), run.Case.Outcome, run.Case.Submission));
        Histories.Record(run.History(), RectificationRun.Version);
    }

    // What is clear is made at once; the answer waits for an operator, for years if need be, and hears each decision.
    [Fact]
    public async Task SaidInOwnWords_WaitsForAnOperator()
    {
        await using var run = await RectificationRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        await run.SendAsync("profiles", null);
        Assert.Equal(CaseStatus.AwaitingDecision, run.Case.Status);
        Assert.Equal(CorrectionState.Made, run.Case.Wanted[0].State);
        Assert.Equal(nameof(AskForDecision), run.Calls[^1]);
        await run.PassDaysAsync(800);
        Assert.DoesNotContain(nameof(TellCorrected), run.Calls);

        await run.DecideAsync(state => RectificationRun.Refuse(state, 2));
        Assert.Equal([nameof(ReadCaseStatus), nameof(CorrectData), .. Ending], run.Calls.TakeLast(4));
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), RectificationRun.Version);
    }

    [Fact]
    public async Task NeverConfirmed_IsToldAndShowsNothing()
    {
        await using var run = await RectificationRun.StartAsync();
        await run.BeginAsync();
        await run.PassDaysAsync(45);
        Assert.DoesNotContain(nameof(OfferCorrections), run.Calls);
        Assert.Equal((true, CaseOutcome.NotIdentified), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), RectificationRun.Version);
    }

    // Whoever withdraws it waits for nothing any more.
    [Fact]
    public async Task WithdrawnBeforeTheProof_EndsAtOnce()
    {
        await using var run = await RectificationRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Withdraw);
        Assert.Equal([nameof(AdmitRequest), nameof(AskForConfirmation), nameof(ReadCaseStatus), nameof(CloseCase)], run.Calls);
        Assert.Equal((true, CaseOutcome.Withdrawn), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), RectificationRun.Version);
    }

    [Fact]
    public async Task WithdrawnAfterTheNotice_EndsAtOnce()
    {
        await using var run = await RectificationRun.StartAsync();
        await run.BeginAsync();
        await run.PassDaysAsync(20);
        await run.DecideAsync(RequestDecisions.Withdraw);
        Assert.Equal([nameof(TellNotIdentified), nameof(ReadCaseStatus), nameof(CloseCase)], run.Calls.TakeLast(3));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), RectificationRun.Version);
    }

    [Fact]
    public async Task WithdrawnWhileItIsShown_EndsAtOnce()
    {
        await using var run = await RectificationRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(RequestDecisions.Confirm);
        await run.DecideAsync(RequestDecisions.Withdraw);
        Assert.Equal([.. UntilOffered, nameof(ReadCaseStatus), nameof(CorrectData), .. Ending], run.Calls);
        Assert.Equal((true, CaseOutcome.Withdrawn), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), RectificationRun.Version);
    }

    // Begun again by an operator once corrections were sent, it offers nothing a second time.
    [Fact]
    public async Task BegunAgain_AfterCorrectionsWereSent_GoesOnWithThem()
    {
        await using var run = await RectificationRun.StartAsync();
        run.Case = run.Case.After(RequestDecisions.Confirm).After(state => RectificationDecisions.Show(state, state.ReceivedAt))
            .After(state => RectificationDecisions.Send(state, state.ReceivedAt, "k1", [new(1, "profiles", "Name", "c1")]));
        await run.BeginAsync();
        Assert.Equal([nameof(AdmitRequest), nameof(OfferCorrections), nameof(CorrectData), .. Ending], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), RectificationRun.Version);
    }
}
