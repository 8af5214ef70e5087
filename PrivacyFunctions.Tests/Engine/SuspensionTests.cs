using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine;

public sealed class SuspensionTests
{
    private static TestFunctions Listener() => new TestFunctions()
        .Orchestrator("Listen", async context =>
        {
            var heard = "";
            while (heard.Length < 3)
                heard += await context.WaitForExternalEvent<string>("Step");
            return heard;
        });

    [Fact]
    public async Task Suspended_Events_WaitInOrderUntilItIsResumed()
    {
        await using var run = await EngineRun.StartAsync(Listener());
        var id = await run.ScheduleAsync("Listen");
        await run.SettleAsync();
        var length = run.Engine.ReadHistory(id).Count;

        await run.Client.SuspendInstanceAsync(id, run.Patience);
        foreach (var step in (string[])["a", "b", "c"])
            await run.Client.RaiseEventAsync(id, "Step", step, run.Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.LookAsync(id)).RuntimeStatus);
        Assert.Equal(length, run.Engine.ReadHistory(id).Count);
        await run.Client.ResumeInstanceAsync(id, run.Patience);
        Assert.Equal("abc", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Suspended_Reason_ShowsAsTheOutput()
    {
        await using var run = await EngineRun.StartAsync(Listener());
        var id = await run.ScheduleAsync("Listen");
        await run.SettleAsync();

        await run.Client.SuspendInstanceAsync(id, "the store is away", run.Patience);
        Assert.Equal("the store is away", (await run.LookAsync(id)).SerializedOutput);
        await run.Client.ResumeInstanceAsync(id, "it is back", run.Patience);
        await run.Client.RaiseEventAsync(id, "Step", "a", run.Patience);

        var found = await run.LookAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Running, "it is back"), (found.RuntimeStatus, found.SerializedOutput));
    }

    [Fact]
    public async Task Suspended_TimersThatComeDue_FireInOrderAfterItIsResumed()
    {
        var fired = new ConcurrentQueue<int>();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                await Task.WhenAll(((int[])[3, 1, 2]).Select(async day =>
                {
                    await context.CreateTimer(TimeSpan.FromDays(day), CancellationToken.None);
                    if (!context.IsReplaying)
                        fired.Enqueue(day);
                }));
                return context.CurrentUtcDateTime;
            }));
        var id = await run.ScheduleAsync("Wait");
        await run.SettleAsync();

        await run.Client.SuspendInstanceAsync(id, run.Patience);
        Assert.Null(run.Engine.NextDue());
        await run.AdvanceAsync(TimeSpan.FromDays(2)); // idle at once, though two timers are due
        Assert.Empty(fired);
        await run.Client.ResumeInstanceAsync(id, run.Patience);
        await run.SettleAsync();

        Assert.Equal([1, 2], fired);
        Assert.Equal(EngineRun.Start.AddDays(3), run.Engine.NextDue());
        await run.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(EngineRun.Start.UtcDateTime.AddDays(3), (await run.LookAsync(id)).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task Suspended_WhileAnActivityRuns_ItsResultWaitsAndNothingFollows()
    {
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        var seconds = 0;
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Steps", async context =>
            {
                await context.CallActivityAsync<int>("First");
                return await context.CallActivityAsync<int>("Second");
            })
            .AsyncActivity<object?, int>("First", async _ =>
            {
                begun.SetResult();
                await finish.Task;
                return 1;
            })
            .Activity<object?, int>("Second", _ => Interlocked.Increment(ref seconds)));
        var id = await run.ScheduleAsync("Steps");
        await begun.Task.WaitAsync(run.Patience);

        await run.Client.SuspendInstanceAsync(id, run.Patience);
        finish.SetResult();
        await run.SettleAsync();

        Assert.Equal(0, seconds);
        await run.Client.ResumeInstanceAsync(id, run.Patience);
        Assert.Equal(1, (await run.LookAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Suspended_WhileATurnRuns_StaysSoAfterTheTurn()
    {
        var suspended = new TaskCompletionSource();
        var inTurn = new TaskCompletionSource();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                if (!context.IsReplaying)
                {
                    inTurn.SetResult();
                    suspended.Task.Wait(TimeSpan.FromMinutes(1)); // the turn lasts until the suspension has come
                }

                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return 0;
            }));
        var id = await run.ScheduleAsync("Wait");
        await inTurn.Task.WaitAsync(run.Patience);

        await run.Client.SuspendInstanceAsync(id, run.Patience);
        var idle = run.SettleAsync();
        Assert.False(idle.IsCompleted); // the turn is still running
        suspended.SetResult();
        await idle;

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.LookAsync(id)).RuntimeStatus);
        await run.Client.ResumeInstanceAsync(id, run.Patience);
        Assert.Equal(EngineRun.Start.AddDays(1), run.Engine.NextDue());
    }

    [Fact]
    public async Task Suspended_WhileTheLastTurnRuns_IsCompletedAllTheSame()
    {
        var suspended = new TaskCompletionSource();
        var inTurn = new TaskCompletionSource();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("End", _ =>
            {
                inTurn.SetResult();
                suspended.Task.Wait(TimeSpan.FromMinutes(1)); // the turn lasts until the suspension has come
                return Task.FromResult(7);
            }));
        var id = await run.ScheduleAsync("End");
        await inTurn.Task.WaitAsync(run.Patience);

        await run.Client.SuspendInstanceAsync(id, run.Patience);
        suspended.SetResult();

        var found = await run.LookAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, 7), (found.RuntimeStatus, found.ReadOutputAs<int>()));
    }

    [Fact]
    public async Task Suspended_BeforeItsDelayedStart_StartsWhenResumedAndNotBefore()
    {
        await using var run = await EngineRun.StartAsync(Listener());
        await run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Listen", new StartOrchestrationOptions("late", EngineRun.Start.AddDays(2)), run.Patience);

        await run.Client.SuspendInstanceAsync("late", run.Patience);
        await run.Client.RaiseEventAsync("late", "Step", "abc", run.Patience);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.LookAsync("late")).RuntimeStatus);
        await run.Client.ResumeInstanceAsync("late", run.Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await run.LookAsync("late")).RuntimeStatus);
        await run.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal("abc", (await run.LookAsync("late")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task SuspendAndResume_Repeated_AreRefusedAndChangeNothing()
    {
        await using var run = await EngineRun.StartAsync(Listener());
        var id = await run.ScheduleAsync("Listen");
        await run.SettleAsync();
        await Refusals.AssertAsync(StatusCode.FailedPrecondition, () => run.Client.ResumeInstanceAsync(id, run.Patience));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync(id)).RuntimeStatus);

        await run.Client.SuspendInstanceAsync(id, "once", run.Patience);
        var refusal = await Refusals.AssertAsync(
            StatusCode.FailedPrecondition, () => run.Client.SuspendInstanceAsync(id, "twice", run.Patience));
        Assert.Contains("in the Suspended state", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("once", (await run.LookAsync(id)).SerializedOutput);
        await run.Client.ResumeInstanceAsync(id, run.Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task SuspendAndResume_UnknownOrFinished_AreRefused()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions().Orchestrator("Done", _ => Task.FromResult(1)));
        var id = await run.ScheduleAsync("Done");
        await run.SettleAsync();

        foreach (var (instance, status) in new[] { ("nobody", StatusCode.NotFound), (id, StatusCode.FailedPrecondition) })
        {
            await Refusals.AssertAsync(status, () => run.Client.SuspendInstanceAsync(instance, run.Patience));
            await Refusals.AssertAsync(status, () => run.Client.ResumeInstanceAsync(instance, run.Patience));
        }

        Assert.Equal(1, (await run.LookAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Terminate_Suspended_IsTerminatedEvenIfSuspendedAgain()
    {
        await using var run = await EngineRun.StartAsync(Listener());
        var id = await run.ScheduleAsync("Listen");
        await run.SettleAsync();
        await run.Client.SuspendInstanceAsync(id, "a reason", run.Patience);
        await run.Client.RaiseEventAsync(id, "Step", "a", run.Patience);

        await run.Client.TerminateInstanceAsync(id, "withdrawn", run.Patience);
        var found = await run.LookAsync(id);

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "withdrawn"), (found.RuntimeStatus, found.ReadOutputAs<string>()));
        Assert.Equal(1, (await run.Client.PurgeInstanceAsync(id, run.Patience)).PurgedInstanceCount);
    }

    [Fact]
    public async Task Suspended_EngineRestarts_StaysSuspendedAndLosesNothing()
    {
        await using var run = await EngineRun.StartAsync(Listener());
        var id = await run.ScheduleAsync("Listen");
        await run.SettleAsync();
        await run.Client.SuspendInstanceAsync(id, run.Patience);
        await run.Client.RaiseEventAsync(id, "Step", "abc", run.Patience);

        await run.RestartAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.LookAsync(id)).RuntimeStatus);
        await run.Client.ResumeInstanceAsync(id, run.Patience);
        Assert.Equal("abc", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Query_ByStatus_TellsSuspendedFromRunning()
    {
        await using var run = await EngineRun.StartAsync(Listener());
        await run.ScheduleAsync("Listen", id: "halted");
        await run.ScheduleAsync("Listen", id: "running");
        await run.SettleAsync();
        await run.Client.SuspendInstanceAsync("halted", run.Patience);

        async Task<string> OnlyAsync(OrchestrationRuntimeStatus status)
        {
            var ids = new List<string>();
            await foreach (var found in run.Client.GetAllInstancesAsync(new(Statuses: [status])))
                ids.Add(found.InstanceId);
            return Assert.Single(ids);
        }

        Assert.Equal("halted", await OnlyAsync(OrchestrationRuntimeStatus.Suspended));
        Assert.Equal("running", await OnlyAsync(OrchestrationRuntimeStatus.Running));
    }
}
