using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Operators;
using PrivacyFunctions.Cases.Watch;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases.Operators;

/// <summary>An operator begins a failed workflow again, on a real engine and a real table.</summary>
[Clause("C-SECURE")]
public class RestartWorkflowTests
{
    private const string Carries = "Carries";
    private bool _breaks = true;

    [Fact]
    public async Task Restart_OfAFailedWorkflow_EndsWhatIsLeftOfItAndBeginsAnew()
    {
        var (records, run, id) = await StartAsync();
        await using var _ = run;
        var instance = Workflow.InstanceOf(CaseKind.Access, id);
        await FailAsync(run, instance);
        await records.Cases.ExecuteAsync<SubjectRequest>(
            id, "seen", Actors.System, found => AttentionDecisions.Mark(found, WatchWorkflows.Step), [], run.Patience);
        Assert.False((await run.LookAsync($"{instance}:stage")).IsCompleted); // still there, and would go on by itself

        _breaks = false;
        Assert.Equal(200, await RestartAsync(records, run, id));
        await run.SettleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync(instance)).RuntimeStatus);
        Assert.Null(await run.Client.GetInstanceAsync($"{instance}:stage"));
        Assert.Empty(await records.AttentionAsync(id));
        Assert.Equal(
            ["op-1 RestartAsked", "op-1 WorkflowRestarted"],
            (await records.Cases.AuditAsync(id, default)).Skip(2).Select(row => $"{row.Entry.Actor} {row.Entry.Fact.GetType().Name}"));
        Assert.Equal(409, await RestartAsync(records, run, id)); // now it works
    }

    /// <summary>A host that dies between the two leaves nothing: asked again, it begins.</summary>
    [Fact]
    public async Task Restart_OfAWorkflowThatIsLost_Begins()
    {
        var (records, run, id) = await StartAsync();
        await using var _ = run;
        _breaks = false;

        Assert.Equal(200, await RestartAsync(records, run, id));

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync(Workflow.InstanceOf(CaseKind.Access, id))).RuntimeStatus);
    }

    [Fact]
    public async Task Restart_OfWhatIsNoOpenCase_IsRefused()
    {
        var (records, run, id) = await StartAsync();
        await using var _ = run;
        await records.Cases.ExecuteAsync<SubjectRequest>(
            id, "close", Actors.System, _ => new Decision.Change(new CaseFact.Closed(CaseOutcome.Answered)), [], run.Patience);

        Assert.Equal(404, await RestartAsync(records, run, id));
        Assert.Equal(404, await RestartAsync(records, run, CaseId.FromBytes(Guid.NewGuid().ToByteArray())));
        Assert.Null(await run.Client.GetInstanceAsync(Workflow.InstanceOf(CaseKind.Access, id)));
    }

    private async Task<(SharedRecords Records, EngineRun Run, CaseId Id)> StartAsync()
    {
        var functions = new TestFunctions()
            .Orchestrator<int>(Carries, async context =>
            {
                if (!_breaks) return await context.WaitForExternalEvent<int>("Never");
                throw new InvalidOperationException("It breaks.");
            })
            .Orchestrator<int>("Stage", context => context.WaitForExternalEvent<int>("Never"));
        var records = await SharedRecords.OpenAsync();
        return (records, await EngineRun.StartAsync(functions), await records.OpenCaseAsync());
    }

    private static async Task FailAsync(EngineRun run, string instance)
    {
        await run.ScheduleAsync("Stage", id: $"{instance}:stage");
        await run.ScheduleAsync(Carries, id: instance);
        await run.SettleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await run.LookAsync(instance)).RuntimeStatus);
    }

    private static async Task<int> RestartAsync(SharedRecords records, EngineRun run, CaseId id)
    {
        var dispatcher = new IntentDispatcher(
            records.Cases, new(records.Storage, TimeProvider.System), Kinds.CarriedBy(CaseKind.Access, Carries, _ => 0),
            NullLogger<IntentDispatcher>.Instance);
        var http = new DefaultHttpContext();
        http.Request.Headers.Accept = "application/json";
        http.Features.Set(new Caller("op-1", CallerKind.Operator, CallerRole.Agent));
        var restart = new RestartWorkflow(records.Cases, new CaseInstances(new Hurried()), dispatcher);
        var answer = await restart.RunAsync(http.Request, id.Value, run.Client, default);
        return ((IStatusCodeHttpResult)answer).StatusCode ?? 200;
    }
}
