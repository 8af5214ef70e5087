using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine;

public sealed class ContinueAsNewTests
{
    [Fact]
    public async Task ContinueAsNew_SeveralTimes_HasTheLastInputAndTheLastHistoryOnly()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Rounds", async context =>
            {
                var round = context.GetInput<int>();
                await context.CallActivityAsync("Nothing");
                if (round < 3)
                    context.ContinueAsNew(round + 1);
                return $"round {round} at {context.CurrentUtcDateTime:O} {context.NewGuid()}";
            })
            .Activity<object?, int>("Nothing", _ => 0));
        var id = await run.ScheduleAsync("Rounds", 0);

        var found = await run.LookAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, found.RuntimeStatus);
        Assert.StartsWith("round 3", found.ReadOutputAs<string>(), StringComparison.Ordinal);
        Assert.Equal(3, found.ReadInputAs<int>());
        var history = run.Engine.ReadHistory(id);
        Assert.Equal("3", Assert.Single(history, happened => happened.ExecutionStarted is not null).ExecutionStarted.Input);
        Assert.Single(history, happened => happened.TaskScheduled is not null);
        Assert.Single(history, happened => happened.ExecutionCompleted is not null);
    }

    [Fact]
    public async Task ContinueAsNew_EveryMonth_IsRunningAndShowsWhenTheExecutionBegan()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Monthly", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None);
                context.ContinueAsNew(context.GetInput<int>() + 1);
                return 0;
            }));
        var id = await run.ScheduleAsync("Monthly", 1);
        for (var month = 0; month < 12; month++)
            await run.AdvanceAsync(TimeSpan.FromDays(30));

        var found = await run.LookAsync(id);

        Assert.Equal((OrchestrationRuntimeStatus.Running, 13), (found.RuntimeStatus, found.ReadInputAs<int>()));
        Assert.Equal(EngineRun.Start.AddDays(360), found.CreatedAt);
        Assert.Null(found.SerializedOutput);
        Assert.Equal(4, run.Engine.ReadHistory(id).Count); // a turn's start, the execution's start, a timer, the turn's end
    }

    [Theory]
    [InlineData(true, "abc")]
    [InlineData(false, "c")]
    public async Task ContinueAsNew_EventsNobodyAwaited_AreKeptInOrderOrDropped(bool preserve, string expected)
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Collect", async context =>
            {
                if (context.GetInput<bool>())
                {
                    await context.WaitForExternalEvent<string>("Go");
                    context.ContinueAsNew(false, preserve);
                    return "";
                }

                var heard = "";
                while (!heard.EndsWith('c'))
                    heard += await context.WaitForExternalEvent<string>(heard.Length == 1 ? "Other" : "Step");
                return heard;
            }));
        var id = await run.ScheduleAsync("Collect", true);
        await run.SettleAsync();

        await run.Client.RaiseEventAsync(id, "Step", "a", run.Patience);
        await run.Client.RaiseEventAsync(id, "other", "b", run.Patience);
        await run.Client.RaiseEventAsync(id, "Go", run.Patience);
        await run.SettleAsync();
        await run.Client.RaiseEventAsync(id, "step", "c", run.Patience);

        Assert.Equal(expected, (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_EventInTheSameTurn_IsNotSwallowedByAWaiterOfTheOldExecution()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Listen", async context =>
            {
                if (!context.GetInput<bool>())
                    return await context.WaitForExternalEvent<string>("Wake");
                _ = context.WaitForExternalEvent<string>("Wake");
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                context.ContinueAsNew(false, preserveUnprocessedEvents: false);
                return "";
            }));
        var id = await run.ScheduleAsync("Listen", true);
        await run.SettleAsync();

        // Suspended, so that the timer and the event are read by one turn.
        await run.Client.SuspendInstanceAsync(id, run.Patience);
        await run.AdvanceAsync(TimeSpan.FromHours(1));
        await run.Client.RaiseEventAsync(id, "Wake", "late", run.Patience);
        await run.Client.ResumeInstanceAsync(id, run.Patience);

        Assert.Equal("late", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    // As in Durable Task: beyond its first turn an execution has the status that it has set itself.
    [Fact]
    public async Task ContinueAsNew_CustomStatus_StaysThroughTheNewExecutionsFirstTurn()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Stages", async context =>
            {
                if (context.GetInput<int>() == 0)
                {
                    context.SetCustomStatus("first");
                    context.ContinueAsNew(1);
                    return 0;
                }

                await context.WaitForExternalEvent<string?>("Change");
                context.SetCustomStatus("second");
                await context.WaitForExternalEvent<string?>("Clear");
                context.SetCustomStatus(null);
                return 0;
            }));
        var id = await run.ScheduleAsync("Stages", 0);
        Assert.Equal("first", (await run.LookAsync(id)).ReadCustomStatusAs<string>());

        await run.Client.RaiseEventAsync(id, "Change", run.Patience);
        Assert.Equal("second", (await run.LookAsync(id)).ReadCustomStatusAs<string>());
        await run.Client.RaiseEventAsync(id, "Clear", run.Patience);
        Assert.Null((await run.LookAsync(id)).SerializedCustomStatus);
    }

    [Fact]
    public async Task ContinueAsNew_OfAChild_RepliesToItsParentInTheEnd()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Child", 2, new SubOrchestrationOptions(instanceId: "child") { Version = "7" }))
            .Orchestrator("Child", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                if (context.GetInput<int>() > 0)
                    context.ContinueAsNew(context.GetInput<int>() - 1);
                return $"{context.Parent!.InstanceId} awaits version {context.Version}";
            }));
        await run.ScheduleAsync("Parent", id: "parent");
        for (var day = 0; day < 3; day++)
        {
            Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync("parent")).RuntimeStatus);
            await run.AdvanceAsync(TimeSpan.FromDays(1));
        }

        Assert.Equal("parent awaits version 7", (await run.LookAsync("parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_WithATimerOutstanding_WaitsForItAndKeepsEvents()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Careless", async context =>
            {
                if (!context.GetInput<bool>())
                    return await context.WaitForExternalEvent<string>("Wake");
                _ = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                context.ContinueAsNew(false);
                return "";
            }));
        var id = await run.ScheduleAsync("Careless", true);
        await run.SettleAsync();
        await run.Client.RaiseEventAsync(id, "Wake", "kept", run.Patience);

        Assert.True((await run.LookAsync(id)).ReadInputAs<bool>());
        await run.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("kept", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_InTheTurnThatMadeAndCancelledATimer_LeavesNoTimer()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Listen", async context =>
            {
                if (context.GetInput<int>() == 2)
                    return await context.WaitForExternalEvent<int>("Never");
                using var early = new CancellationTokenSource();
                var late = context.CreateTimer(TimeSpan.FromDays(9), early.Token);
                await Task.WhenAny(context.WaitForExternalEvent<string?>("Wake"), late);
                early.Cancel();
                context.ContinueAsNew(context.GetInput<int>() + 1);
                return 0;
            }));
        var tomorrow = new StartOrchestrationOptions("case-1", EngineRun.Start.AddDays(1));
        await run.Client.ScheduleNewOrchestrationInstanceAsync("Listen", 0, tomorrow, run.Patience);
        // Both events wait for the start, so that each is heard in the turn that makes the timer beside it.
        await run.Client.RaiseEventAsync("case-1", "Wake", run.Patience);
        await run.Client.RaiseEventAsync("case-1", "Wake", run.Patience);

        await run.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(2, (await run.LookAsync("case-1")).ReadInputAs<int>());
        Assert.Null(run.Engine.NextDue());
    }

    [Fact]
    public async Task ContinueAsNew_SendsToItself_IsHeardByTheNewExecution()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Echo", async context =>
            {
                if (!context.GetInput<bool>())
                    return await context.WaitForExternalEvent<int>("Number");
                context.SendEvent(context.InstanceId, "Number", 42);
                context.ContinueAsNew(false);
                return 0;
            }));

        var found = await run.LookAsync(await run.ScheduleAsync("Echo", true));

        Assert.Equal((OrchestrationRuntimeStatus.Completed, 42), (found.RuntimeStatus, found.ReadOutputAs<int>()));
    }

    [Fact]
    public async Task ContinueAsNew_ThenThrows_Fails()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator<int>("Broken", context =>
            {
                context.ContinueAsNew();
                throw new InvalidDataException("no such stage");
            }));

        var found = await run.LookAsync(await run.ScheduleAsync("Broken"));

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "no such stage"), (found.RuntimeStatus, found.SerializedOutput));
    }

    [Fact]
    public async Task ContinueAsNew_EngineRestartsInBetween_GoesOn()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Daily", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                if (context.GetInput<int>() < 5)
                    context.ContinueAsNew(context.GetInput<int>() + 1);
                return context.GetInput<int>();
            }));
        var id = await run.ScheduleAsync("Daily", 0);
        for (var day = 0; day < 6; day++)
        {
            await run.AdvanceAsync(TimeSpan.FromDays(1));
            await run.RestartAsync();
        }

        Assert.Equal(5, (await run.LookAsync(id)).ReadOutputAs<int>());
    }
}
