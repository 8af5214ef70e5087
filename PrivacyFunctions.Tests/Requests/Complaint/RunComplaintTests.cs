using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Complaint;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Complaint;

/// <summary>The procedure, replayed for real: which steps, and in which order.</summary>
[Clause("R-COMPLAIN")]
[Clause("L10")]
public class RunComplaintTests
{
    private static readonly string[] AtOnce =
        [nameof(AdmitRequest), nameof(AcknowledgeComplaint), nameof(AnnounceComplaint), nameof(ReadCaseStatus)];

    private static readonly string[] Ending = [nameof(ReadCaseStatus), nameof(TellFinding), nameof(CloseCase)];

    [Fact]
    [Clause("L9")]
    public async Task Received_IsAcknowledgedAtOnceWithoutAProof_AndWaitsForTheDecision()
    {
        await using var run = await ComplaintRun.StartAsync();
        await run.BeginAsync();
        Assert.Equal(AtOnce, run.Calls);
        await run.PassDaysAsync(60); // overdue, it waits on: the nightly watch tells
        Assert.Equal(AtOnce, run.Calls);

        await run.DecideAsync(state => ComplaintDecisions.Decide(state, ComplaintFinding.Upheld, "op-7", "0a", 1));
        Assert.Equal([.. AtOnce, .. Ending], run.Calls);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), ComplaintRun.Version);
    }

    // Something more was written, or the due date was extended: whatever wakes it, it waits for the decision.
    [Fact]
    public async Task Woken_WithoutADecision_WaitsOn()
    {
        await using var run = await ComplaintRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(state => RequestDecisions.AddStatement(state, CaseId.Parse(new string('a', 32))));
        Assert.Equal([.. AtOnce, nameof(ReadCaseStatus)], run.Calls);
        await run.PassDaysAsync(400);
        Assert.Equal([.. AtOnce, nameof(ReadCaseStatus), nameof(ReadCaseStatus)], run.Calls);

        await run.DecideAsync(state => ComplaintDecisions.Decide(state, ComplaintFinding.NotUpheld, "op-7", "0a", 2));
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), ComplaintRun.Version);
    }

    [Fact]
    public async Task LinkedToAnOpenCase_EndsAtOnce()
    {
        await using var run = await ComplaintRun.StartAsync();
        run.Case = run.Case.After(_ => new Decision.Change(new CaseFact.LinkedToOpenCase(run.Case.Id)));
        await run.BeginAsync();
        Assert.Equal([nameof(AdmitRequest)], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), ComplaintRun.Version);
    }

    // Begun again by an operator after the decision, it does not wait for another one.
    [Fact]
    public async Task BegunAgain_AfterTheDecision_TellsIt()
    {
        await using var run = await ComplaintRun.StartAsync();
        run.Case = run.Case.After(state => ComplaintDecisions.NoteAcknowledged(state, state.ReceivedAt))
            .After(state => ComplaintDecisions.Decide(state, ComplaintFinding.Upheld, "op-7", "0a", 1));
        await run.BeginAsync();
        Assert.Equal([.. AtOnce, nameof(TellFinding), nameof(CloseCase)], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), ComplaintRun.Version);
    }

    [Fact]
    public async Task MailThatStaysBroken_IsShown_AndGoesOutWhenItCan()
    {
        await using var run = await ComplaintRun.StartAsync();
        run.Failures[nameof(AcknowledgeComplaint)] = int.MaxValue;
        await run.BeginAsync();
        await run.PassDaysAsync(3);
        Assert.Contains(nameof(NoteAttention), run.Calls);
        Assert.DoesNotContain(nameof(AnnounceComplaint), run.Calls);

        run.Failures.Clear();
        await run.PassDaysAsync(2);
        await run.DecideAsync(state => ComplaintDecisions.Decide(state, ComplaintFinding.PartlyUpheld, "op-7", "0a", 1));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), ComplaintRun.Version);
    }
}
