using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine;

public sealed class SubOrchestrationTests
{
    [Fact]
    public async Task Child_Called_RunsUnderItsIdAndReplies()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Child", 7, new TaskOptions((TaskRetryOptions?)null).WithInstanceId($"{context.InstanceId}:stage")))
            .Orchestrator("Child", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return $"{context.GetInput<int>()} of {context.Parent!.Name.Name} {context.Parent.InstanceId}";
            }));
        await run.ScheduleAsync("Parent", id: "case-1");
        await run.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("7 of Parent case-1", (await run.LookAsync("case-1")).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await run.LookAsync("case-1:stage")).RuntimeStatus);
    }

    [Fact]
    public async Task Child_Version_IsItsOwnAndNotItsParents()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", async context =>
            {
                var given = await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Version = "3" });
                var none = await context.CallSubOrchestratorAsync<string>("Child");
                return $"{context.Version},{given},{none}";
            })
            .Orchestrator("Child", context => Task.FromResult(context.Version)));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Parent", new StartOrchestrationOptions { Version = "2" }, run.Patience);

        Assert.Equal("2,3,", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Children_FannedOut_AllReply()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", async context => (await Task.WhenAll(
                Enumerable.Range(0, 20).Select(n => context.CallSubOrchestratorAsync<int>("Child", n)))).Sum())
            .Orchestrator("Child", context => context.CallActivityAsync<int>("Twice", context.GetInput<int>()))
            .Activity<int, int>("Twice", n => 2 * n));

        Assert.Equal(380, await run.RunAsync<int>("Parent"));
    }

    [Fact]
    public async Task Child_Fails_ParentSeesTheMessageAndMayRetry()
    {
        var attempts = 0;
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Child", options: TaskOptions.FromRetryPolicy(new(2, TimeSpan.FromMinutes(1)))))
            .Orchestrator("Child", context => context.CallActivityAsync<string>("Flaky"))
            .Activity<object?, string>("Flaky", _ =>
                Interlocked.Increment(ref attempts) == 2 ? "at last" : throw new TimeoutException("busy")));
        var id = await run.ScheduleAsync("Parent");
        await run.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("at last", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Failures_OfAChildAndOfItsParent_LeaveNoStackTraceInTheHistory()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator<int>("Parent", async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                }
                catch (TaskFailedException)
                {
                    // It is in the history all the same.
                }

                throw new InvalidOperationException("outer", new InvalidDataException("inner"));
            })
            .Orchestrator<int>("Child", async context =>
            {
                await context.CallActivityAsync("Nothing"); // so that it is thrown where there is a stack to tell of
                throw new InvalidOperationException("broken");
            })
            .Activity<object?, int>("Nothing", _ => 0));
        var id = await run.ScheduleAsync("Parent");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await run.LookAsync(id)).RuntimeStatus);

        var history = string.Join('\n', run.Engine.ReadHistory(id));

        Assert.Contains("subOrchestrationInstanceFailed", history, StringComparison.Ordinal);
        Assert.Contains("inner", history, StringComparison.Ordinal);
        Assert.DoesNotContain("stackTrace", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Child_IdAlreadyRunning_FailsTheCall()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Child", options: new SubOrchestrationOptions(instanceId: "taken")))
            .Orchestrator("Child", context => context.WaitForExternalEvent<string>("Never")));
        await run.ScheduleAsync("Child", id: "taken");
        await run.SettleAsync();

        var parent = await run.LookAsync(await run.ScheduleAsync("Parent"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, parent.RuntimeStatus);
        Assert.Contains("'taken' is already running", parent.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Child_RepliesToAnEarlierExecution_IsIgnoredByTheNew()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Child", options: new SubOrchestrationOptions(instanceId: $"child-{context.GetInput<int>()}")))
            .Orchestrator("Child", context => context.WaitForExternalEvent<string>("Answer")));
        await run.ScheduleAsync("Parent", 1, "case-1");
        await run.SettleAsync();
        await run.Client.TerminateInstanceAsync("case-1", run.Patience);
        await run.SettleAsync();
        await run.ScheduleAsync("Parent", 2, "case-1"); // its call has the same task id as the first one's
        await run.SettleAsync();

        await run.Client.RaiseEventAsync("child-1", "Answer", "stale", run.Patience);
        await run.SettleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync("case-1")).RuntimeStatus);
        await run.Client.RaiseEventAsync("child-2", "Answer", "fresh", run.Patience);

        Assert.Equal("fresh", (await run.LookAsync("case-1")).ReadOutputAs<string>());
    }
}
