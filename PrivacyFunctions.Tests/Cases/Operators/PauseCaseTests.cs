using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Operators;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases.Operators;

/// <summary>An operator stops a case, on a real engine and a real table.</summary>
[Clause("T-ACTIVE")]
public class PauseCaseTests
{
    [Fact]
    public async Task PauseAndResume_BrowserThatGoesInTheMiddle_AreNotedAllTheSame()
    {
        var records = await SharedRecords.OpenAsync();
        var id = await records.OpenCaseAsync();
        await using var run = await StartAsync(id);
        var pauses = new PauseCase(records.Cases, new CaseInstances(new Hurried()));
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();

        await pauses.RunAsync(Request(), id.Value, new ImpatientClient(run.Client, first), first.Token);
        Assert.True(first.IsCancellationRequested);
        Assert.Equal([PauseCase.Step], await records.AttentionAsync(id));

        await pauses.ResumeCase(Request(), id.Value, new ImpatientClient(run.Client, second), second.Token);
        Assert.True(second.IsCancellationRequested);
        Assert.Empty(await records.AttentionAsync(id));
    }

    [Fact]
    public async Task Pause_ThatFailsInTheMiddle_LeavesTheNameOfWhoAskedAndCanBeAskedAgain()
    {
        var records = await SharedRecords.OpenAsync();
        var id = await records.OpenCaseAsync();
        await using var run = await StartAsync(id);
        var pauses = new PauseCase(records.Cases, new CaseInstances(new Hurried()));

        await Assert.ThrowsAsync<TimeoutException>(
            () => pauses.RunAsync(Request("op-1"), id.Value, new BrokenClient(run.Client), default));
        await pauses.RunAsync(Request("op-2"), id.Value, run.Client, default);
        await pauses.RunAsync(Request("op-3"), id.Value, run.Client, default); // so already
        await pauses.ResumeCase(Request("op-4"), id.Value, run.Client, default);
        await pauses.ResumeCase(Request("op-5"), id.Value, run.Client, default); // so already

        Assert.Equal(
            [
                "op-1 PauseAsked", "op-2 PauseAsked", "op-2 AttentionNeeded", "op-3 PauseAsked", "op-4 ResumeAsked",
                "op-4 AttentionOver", "op-5 ResumeAsked",
            ],
            (await records.Cases.AuditAsync(id, default)).Skip(1).Select(row => $"{row.Entry.Actor} {row.Entry.Fact.GetType().Name}"));
    }

    // Another operator lets it go on in the instant between the stop and its note.
    [Fact]
    public async Task PauseAndResume_AtOnce_LeaveNoMarkOnACaseThatGoesOn()
    {
        var records = await SharedRecords.OpenAsync();
        var id = await records.OpenCaseAsync();
        await using var run = await StartAsync(id);
        var pauses = new PauseCase(records.Cases, new CaseInstances(new Hurried()));

        await pauses.RunAsync(Request(), id.Value, new CrossedClient(run.Client), default);

        Assert.Empty(await records.AttentionAsync(id));
    }

    [Fact]
    public async Task Resume_OfACaseThatWasClosedWhileItWasBeingStopped_LetsItGoOn()
    {
        var records = await SharedRecords.OpenAsync();
        var id = await records.OpenCaseAsync();
        await using var run = await StartAsync(id);
        var (pauses, instance) = (new PauseCase(records.Cases, new CaseInstances(new Hurried())), Workflow.InstanceOf(CaseKind.Access, id));
        await run.Client.SuspendInstanceAsync(instance);
        await run.SettleAsync();
        await records.Cases.ExecuteAsync<Case>(
            id, "close", Actors.System, _ => new Decision.Change(new CaseFact.Closed(CaseOutcome.Withdrawn)), [], default);

        await pauses.ResumeCase(Request(), id.Value, run.Client, default);

        Assert.False(await CaseInstances.IsStoppedAsync(run.Client, instance, default));
    }

    // A workflow of the case that waits for ever.
    private static async Task<EngineRun> StartAsync(CaseId id)
    {
        var run = await EngineRun.StartAsync(
            new TestFunctions().Orchestrator("Waits", context => context.WaitForExternalEvent<int>("Never")));
        await run.ScheduleAsync("Waits", id: Workflow.InstanceOf(CaseKind.Access, id));
        await run.SettleAsync();
        return run;
    }

    private static HttpRequest Request(string caller = "op-1")
    {
        var http = new DefaultHttpContext();
        http.Features.Set(new Caller(caller, CallerKind.Operator, CallerRole.Agent));
        return http.Request;
    }

    /// <summary>A client that loses its host once something is stopped.</summary>
    private sealed class BrokenClient(DurableTaskClient inner) : StandInClient(inner)
    {
        public override async Task SuspendInstanceAsync(
            string instanceId, string? reason = null, CancellationToken cancellation = default)
        {
            await base.SuspendInstanceAsync(instanceId, reason, cancellation);
            throw new TimeoutException();
        }
    }

    /// <summary>A client beside which somebody lets go on what it has just seen stopped.</summary>
    private sealed class CrossedClient(DurableTaskClient inner) : StandInClient(inner)
    {
        public override async Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation)
        {
            await base.ResumeInstanceAsync(instanceId, null, cancellation);
            for (var found = await base.GetInstanceAsync(instanceId, cancellation); ; found = await base.GetInstanceAsync(instanceId, cancellation))
                if (found is not { RuntimeStatus: OrchestrationRuntimeStatus.Suspended }) return found;
        }
    }

    /// <summary>A client in the hands of somebody who goes as soon as something is stopped or goes on.</summary>
    private sealed class ImpatientClient(DurableTaskClient inner, CancellationTokenSource browser) : StandInClient(inner)
    {
        public override async Task SuspendInstanceAsync(
            string instanceId, string? reason = null, CancellationToken cancellation = default)
        {
            await base.SuspendInstanceAsync(instanceId, reason, cancellation);
            await browser.CancelAsync();
        }

        public override async Task ResumeInstanceAsync(
            string instanceId, string? reason = null, CancellationToken cancellation = default)
        {
            await base.ResumeInstanceAsync(instanceId, reason, cancellation);
            await browser.CancelAsync();
        }
    }
}
