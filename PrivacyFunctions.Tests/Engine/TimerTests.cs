using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine;

public sealed class TimerTests
{
    [Fact]
    public async Task Timer_Due_ContinuesAtItsInstantInUtc()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None);
                return (context.CurrentUtcDateTime, context.CurrentUtcDateTime.Kind).ToString();
            }));
        var id = await run.ScheduleAsync("Wait");
        await run.SettleAsync();

        Assert.Equal(EngineRun.Start.AddDays(30), run.Engine.NextDue());
        await run.AdvanceAsync(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync(id)).RuntimeStatus);
        await run.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(
            (EngineRun.Start.UtcDateTime.AddDays(30), DateTimeKind.Utc).ToString(), (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Timer_InThePast_FiresAtOnce()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Late", async context =>
            {
                await context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None);
                return "fired";
            }));

        Assert.Equal("fired", await run.RunAsync<string>("Late"));
    }

    [Fact]
    public async Task Timers_ClockJumpsOverAll_FireInOrderOfDueInstants()
    {
        var fired = new ConcurrentQueue<int>();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Many", async context =>
            {
                int[] days = [40, 3, 120, 7, 90];
                await Task.WhenAll(days.Select(async day =>
                {
                    await context.CreateTimer(TimeSpan.FromDays(day), CancellationToken.None);
                    if (!context.IsReplaying)
                        fired.Enqueue(day);
                }));
                return 0;
            }));

        await run.ScheduleAsync("Many");
        await run.AdvanceAsync(TimeSpan.FromDays(365));

        Assert.Equal([3, 7, 40, 90, 120], fired);
    }

    [Fact]
    public async Task Timers_OfSeveralInstances_RunInOrderWhenTheClockMovesFromDueToDue()
    {
        var woken = new ConcurrentQueue<int>();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Day", async context =>
            {
                var day = context.GetInput<int>();
                await context.CreateTimer(TimeSpan.FromDays(day), CancellationToken.None);
                if (!context.IsReplaying)
                    woken.Enqueue(day);
                return 0;
            }));
        foreach (var day in (int[])[30, 1, 28, 14])
            await run.ScheduleAsync("Day", day);
        await run.SettleAsync();

        while (run.Engine.NextDue() is { } due)
            await run.AdvanceAsync(due - run.Clock.GetUtcNow());

        Assert.Equal([1, 14, 28, 30], woken);
    }

    [Fact]
    public async Task Timer_Cancelled_IsForgottenAndDoesNotKeepTheInstance()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Race", async context =>
            {
                using var stop = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(14), stop.Token);
                var answer = context.WaitForExternalEvent<string>("Answer");
                if (await Task.WhenAny(timer, answer) != answer)
                    return "late";
                stop.Cancel();
                Assert.True(timer.IsCanceled);
                await context.CallActivityAsync("Log");
                return await answer;
            })
            .Activity<object?, int>("Log", _ => 0));
        var id = await run.ScheduleAsync("Race");
        await run.SettleAsync();

        await run.Client.RaiseEventAsync(id, "Answer", "yes", run.Patience);

        Assert.Equal("yes", (await run.LookAsync(id)).ReadOutputAs<string>());
        Assert.Null(run.Engine.NextDue());
    }

    [Fact]
    public async Task Timer_LostRaceAndNotCancelled_KeepsTheInstanceRunningUntilItFires()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Race", async context =>
            {
                var timer = context.CreateTimer(TimeSpan.FromDays(14), CancellationToken.None);
                var answer = context.WaitForExternalEvent<string>("Answer");
                return await Task.WhenAny(timer, answer) == answer ? await answer : "late";
            }));
        var id = await run.ScheduleAsync("Race");
        await run.SettleAsync();

        await run.Client.RaiseEventAsync(id, "Answer", "yes", run.Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync(id)).RuntimeStatus);
        await run.AdvanceAsync(TimeSpan.FromDays(14));
        Assert.Equal("yes", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Timer_EngineDownWhenDue_FiresAfterTheStart()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return "fired";
            }));
        var id = await run.ScheduleAsync("Wait");
        await run.SettleAsync();

        await run.Engine.StopAsync(run.Patience);
        run.Clock.Advance(TimeSpan.FromDays(2));
        await run.RestartAsync();

        Assert.Equal("fired", (await run.LookAsync(id)).ReadOutputAs<string>());
    }
}
