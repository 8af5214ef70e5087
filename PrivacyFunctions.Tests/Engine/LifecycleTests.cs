using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Start_StartAt_IsPendingUntilThen()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Late", context => Task.FromResult(context.CurrentUtcDateTime)));
        await run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Late", new StartOrchestrationOptions("late", EngineRun.Start.AddDays(2)), run.Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await run.LookAsync("late")).RuntimeStatus);
        Assert.Equal(EngineRun.Start.AddDays(2), run.Engine.NextDue());
        await run.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(EngineRun.Start.UtcDateTime.AddDays(2), (await run.LookAsync("late")).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task Event_ToAnInstanceThatStartsLater_WaitsForItsStart()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Late", context => context.WaitForExternalEvent<string>("Wake")));
        await run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Late", new StartOrchestrationOptions("late", EngineRun.Start.AddDays(2)), run.Patience);

        await run.Client.RaiseEventAsync("late", "Wake", "early", run.Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await run.LookAsync("late")).RuntimeStatus);
        await run.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal("early", (await run.LookAsync("late")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Start_IdPendingOrRunning_ThrowsAndChangesNothing()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", context => context.WaitForExternalEvent<string>("Wake")));
        await run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", 1, new StartOrchestrationOptions("pending", EngineRun.Start.AddDays(1)), run.Patience);
        await run.ScheduleAsync("Wait", 1, "running");
        await run.SettleAsync();

        foreach (var id in (string[])["pending", "running"])
        {
            await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => run.ScheduleAsync("Wait", 2, id));
            Assert.Equal(1, (await run.LookAsync(id)).ReadInputAs<int>());
        }
    }

    [Fact]
    public async Task Start_IdFinished_StartsOverWithAFreshHistory()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Echo", async context =>
            {
                await context.CallActivityAsync("Nothing");
                return context.GetInput<int>();
            })
            .Activity<object?, int>("Nothing", _ => 0));
        await run.ScheduleAsync("Echo", 1, "case-1");
        await run.SettleAsync();
        var length = run.Engine.ReadHistory("case-1").Count;

        await run.ScheduleAsync("Echo", 2, "case-1");

        Assert.Equal(2, (await run.LookAsync("case-1")).ReadOutputAs<int>());
        Assert.Equal(length, run.Engine.ReadHistory("case-1").Count);
    }

    [Fact]
    public async Task Start_UnknownOrchestrator_IsAcceptedAndFails()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions());

        var found = await run.LookAsync(await run.ScheduleAsync("Nowhere"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, found.RuntimeStatus);
        Assert.Equal("There is no orchestrator named 'Nowhere'.", found.SerializedOutput);
    }

    [Fact]
    public async Task Orchestrator_ThrowsBeforeItsFirstAwait_Fails()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator<int>("Broken", _ => throw new InvalidDataException("no such stage")));

        var found = await run.LookAsync(await run.ScheduleAsync("Broken"));

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "no such stage"), (found.RuntimeStatus, found.SerializedOutput));
        Assert.Null(found.FailureDetails); // as on the Functions host: nobody may rely on them
    }

    [Fact]
    public async Task Version_GivenAtTheStart_ReachesTheOrchestrator()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Versioned", context => Task.FromResult(context.Version)));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Versioned", new StartOrchestrationOptions { Version = "2" }, run.Patience);

        Assert.Equal("2", (await run.LookAsync(id)).ReadOutputAs<string>());
        Assert.Equal(string.Empty, await run.RunAsync<string>("Versioned"));
    }

    [Fact]
    public async Task CustomStatus_Set_IsShownWhileItRuns()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Stages", async context =>
            {
                context.SetCustomStatus(new { Stage = "waiting" });
                await context.WaitForExternalEvent<string>("Go");
                context.SetCustomStatus("done");
                return 0;
            }));
        var id = await run.ScheduleAsync("Stages");

        Assert.Equal("""{"Stage":"waiting"}""", (await run.LookAsync(id)).SerializedCustomStatus);
        await run.Client.RaiseEventAsync(id, "Go", run.Patience);
        Assert.Equal("done", (await run.LookAsync(id)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Terminate_Running_ShowsItsOutputAndDropsWhatWaits()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(9), CancellationToken.None);
                return 0;
            }));
        var id = await run.ScheduleAsync("Wait");
        await run.SettleAsync();

        await run.Client.TerminateInstanceAsync(id, "withdrawn", run.Patience);
        var found = await run.LookAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, found.RuntimeStatus);
        Assert.Equal("withdrawn", found.ReadOutputAs<string>());
        Assert.Null(run.Engine.NextDue());
        await Refusals.AssertAsync(StatusCode.FailedPrecondition, () => run.Client.TerminateInstanceAsync(id, run.Patience));
    }

    [Fact]
    public async Task Terminate_BeforeItsStart_NeverRuns()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator<int>("Late", _ => throw new InvalidOperationException("it ran")));
        await run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Late", new StartOrchestrationOptions("late", EngineRun.Start.AddDays(2)), run.Patience);

        await run.Client.TerminateInstanceAsync("late", run.Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.LookAsync("late")).RuntimeStatus);
        Assert.Null(run.Engine.NextDue());
    }

    [Theory]
    [InlineData(false, OrchestrationRuntimeStatus.Running)]
    [InlineData(true, OrchestrationRuntimeStatus.Terminated)]
    public async Task Terminate_Parent_EndsItsDescendantsOnlyIfRecursive(bool recursive, OrchestrationRuntimeStatus expected)
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>(
                "Child", options: new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator("Child", context => context.CallSubOrchestratorAsync<int>(
                "Grandchild", options: new SubOrchestrationOptions(instanceId: "grandchild")))
            .Orchestrator("Grandchild", context => context.WaitForExternalEvent<int>("Never")));
        await run.ScheduleAsync("Parent", id: "parent");
        await run.SettleAsync();

        await run.Client.TerminateInstanceAsync("parent", new TerminateInstanceOptions(Recursive: recursive), run.Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.LookAsync("parent")).RuntimeStatus);
        Assert.Equal(expected, (await run.LookAsync("grandchild")).RuntimeStatus);
    }

    [Fact]
    public async Task WaitForStartAndCompletion_InstanceMovesOn_Return()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", context => context.WaitForExternalEvent<string>("Wake")));
        var id = await run.ScheduleAsync("Wait");

        Assert.True((await run.Client.WaitForInstanceStartAsync(id, run.Patience)).IsRunning);
        var completion = run.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, run.Patience);
        await run.Client.RaiseEventAsync(id, "Wake", "up", run.Patience);

        Assert.Equal("up", (await completion).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForStart_InstanceNotThereYet_WaitsForIt()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions().Orchestrator("Done", _ => Task.FromResult(1)));

        var started = run.Client.WaitForInstanceStartAsync("soon", run.Patience);
        await run.ScheduleAsync("Done", id: "soon");

        Assert.Equal("soon", (await started).InstanceId);
    }

    [Fact]
    public async Task Terminate_InTheTurnThatContinuesAsNew_Wins()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Forever", async context =>
            {
                await context.WaitForExternalEvent<string?>("Next");
                context.ContinueAsNew();
                return 0;
            }));
        var id = await run.ScheduleAsync("Forever");
        await run.SettleAsync();

        // Held by the suspension, the event and the end are read by one turn.
        await run.Client.SuspendInstanceAsync(id, run.Patience);
        await run.Client.RaiseEventAsync(id, "Next", run.Patience);
        await run.Client.TerminateInstanceAsync(id, "enough", run.Patience);
        var found = await run.LookAsync(id);

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (found.RuntimeStatus, found.ReadOutputAs<string>()));
        Assert.False(run.Engine.NextDue().HasValue);
    }

    [Fact]
    public async Task Terminate_WhileATurnContinuesAsNew_EndsTheNewExecution()
    {
        var terminated = new TaskCompletionSource();
        var inTurn = new TaskCompletionSource();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator<int>("Forever", async context =>
            {
                if (context.GetInput<bool>())
                {
                    inTurn.SetResult();
                    terminated.Task.Wait(TimeSpan.FromMinutes(1)); // the turn lasts until the end has been sent
                    context.ContinueAsNew(false);
                    return 0;
                }

                return await context.WaitForExternalEvent<int>("Never");
            }));
        var id = await run.ScheduleAsync("Forever", true);
        await inTurn.Task.WaitAsync(run.Patience);

        await run.Client.TerminateInstanceAsync(id, "enough", run.Patience);
        terminated.SetResult();

        Assert.Equal("enough", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Engine_EndedAsKilledInTheMiddleOfAnActivity_HasNotCommittedItAndRepeatsItAtTheNextStart()
    {
        var (calls, instant) = (0, false);
        var killed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        EngineRun? current = null;
        await using var run = current = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Once", context => context.CallActivityAsync<int>("Count"))
            .Activity<object?, int>("Count", _ =>
            {
                if (calls++ > 0) return calls;
                current!.Engine.EndAsKilled(() => instant = true);
                killed.SetResult(ReadAll(current.DatabasePath));
                return calls;
            }));
        var died = await run.ScheduleAsync("Once");
        var database = await killed.Task.WaitAsync(run.Patience);
        Assert.True(instant);

        await run.Engine.StopAsync(run.Patience);
        Assert.Equal(database, ReadAll(run.DatabasePath)); // though its activity came back
        await run.RestartAsync();

        Assert.Equal(2, (await run.LookAsync(died)).ReadOutputAs<int>());
    }

    private static string ReadAll(string file) => Convert.ToHexString(File.ReadAllBytes(file));
}
