using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine;

public sealed class ActivityTests
{
    [Fact]
    public async Task Activity_Called_ReturnsItsResult()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Greet", context => context.CallActivityAsync<string>("Hello", context.GetInput<string>()))
            .Activity<string, string>("Hello", name => $"Hello {name}"));

        Assert.Equal("Hello case-1", await run.RunAsync<string>("Greet", "case-1"));
    }

    [Fact]
    public async Task Activities_FannedOut_AllRunAndJoinInOrder()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Squares", async context =>
                await Task.WhenAll(Enumerable.Range(1, 50).Select(n => context.CallActivityAsync<int>("Square", n))))
            .Activity<int, int>("Square", n => n * n));

        Assert.Equal(Enumerable.Range(1, 50).Select(n => n * n), await run.RunAsync<int[]>("Squares"));
    }

    [Fact]
    public async Task Orchestrator_Replayed_CallsEachActivityOnce()
    {
        var calls = new ConcurrentQueue<int>();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Chain", async context =>
            {
                var sum = 0;
                for (var i = 0; i < 5; i++)
                    sum += await context.CallActivityAsync<int>("Step", i);
                return sum;
            })
            .Activity<int, int>("Step", n =>
            {
                calls.Enqueue(n);
                return n;
            }));

        Assert.Equal(10, await run.RunAsync<int>("Chain"));
        Assert.Equal([0, 1, 2, 3, 4], calls);
    }

    [Fact]
    public async Task Activity_Fails_OrchestratorSeesMessageButNotType()
    {
        TaskFailedException? seen = null;
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Risky", async context =>
            {
                await context.CallActivityAsync("Fine");
                try
                {
                    await context.CallActivityAsync("Break");
                }
                catch (TaskFailedException failure)
                {
                    seen = failure;
                }

                return "went on";
            })
            .Activity<object?, int>("Fine", _ => 1)
            .Activity<object?, int>("Break", _ => throw new InvalidDataException("the store is full")));

        Assert.Equal("went on", await run.RunAsync<string>("Risky"));
        Assert.Equal("Task 'Break' (#1) failed with an unhandled exception: the store is full", seen!.Message);
        Assert.Equal(("Break", 1, "(unknown)"), (seen.TaskName, seen.TaskId, seen.FailureDetails.ErrorType));
        Assert.False(seen.FailureDetails.IsCausedBy<InvalidDataException>());
    }

    [Fact]
    public async Task Activity_FailsUnhandled_InstanceFailsWithItsText()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Risky", context => context.CallActivityAsync<int>("Break"))
            .Activity<object?, int>("Break", _ => throw new InvalidDataException("the store is full")));

        var found = await run.LookAsync(await run.ScheduleAsync("Risky"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, found.RuntimeStatus);
        Assert.Contains("the store is full", found.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activity_Unknown_FailsWithItsName()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Risky", context => context.CallActivityAsync<int>("Nowhere")));

        var found = await run.LookAsync(await run.ScheduleAsync("Risky"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, found.RuntimeStatus);
        Assert.Contains("There is no activity named 'Nowhere'.", found.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activity_ResultOfAnotherShape_FailsTheCallOnly()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Careful", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<int>("Text");
                }
                catch (System.Text.Json.JsonException)
                {
                    return -1;
                }
            })
            .Activity<object?, string>("Text", _ => "not a number"));

        Assert.Equal(-1, await run.RunAsync<int>("Careful"));
    }

    [Fact]
    public async Task Activity_RetryPolicy_BacksOffOnTimersUpToTheLimit()
    {
        var attempts = new ConcurrentQueue<DateTimeOffset>();
        var policy = new RetryPolicy(4, TimeSpan.FromMinutes(1), 3, TimeSpan.FromMinutes(5));
        EngineRun run = null!;
        run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Retry", context => context.CallActivityAsync<string>("Flaky", TaskOptions.FromRetryPolicy(policy)))
            .Activity<object?, string>("Flaky", _ =>
            {
                attempts.Enqueue(run.Clock.GetUtcNow());
                return attempts.Count == 4 ? "at last" : throw new TimeoutException("busy");
            }));
        await using var _ = run;

        var id = await run.ScheduleAsync("Retry");
        for (var minute = 0; minute < 9; minute++)
            await run.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("at last", (await run.LookAsync(id)).ReadOutputAs<string>());
        Assert.Equal([0, 1, 4, 9], attempts.Select(at => (int)(at - EngineRun.Start).TotalMinutes));
    }

    [Fact]
    public async Task Activity_RetriesUsedUp_ThrowsTheLastFailure()
    {
        var attempts = 0;
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Retry", context => context.CallActivityAsync<string>(
                "Broken", TaskOptions.FromRetryPolicy(new(3, TimeSpan.FromSeconds(10)))))
            .Activity<object?, string>("Broken", _ => throw new TimeoutException($"attempt {Interlocked.Increment(ref attempts)}")));

        var id = await run.ScheduleAsync("Retry");
        await run.AdvanceAsync(TimeSpan.FromSeconds(10));
        await run.AdvanceAsync(TimeSpan.FromSeconds(10));
        var found = await run.LookAsync(id);

        Assert.Equal((3, OrchestrationRuntimeStatus.Failed), (attempts, found.RuntimeStatus));
        Assert.Contains("attempt 3", found.SerializedOutput, StringComparison.Ordinal);
        Assert.Null(run.Engine.NextDue());
    }

    [Fact]
    public async Task Activity_RetryTimeoutOver_IsNotTriedAgain()
    {
        var attempts = 0;
        var policy = new RetryPolicy(100, TimeSpan.FromMinutes(1), retryTimeout: TimeSpan.FromMinutes(2));
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Retry", context => context.CallActivityAsync<string>("Broken", TaskOptions.FromRetryPolicy(policy)))
            .Activity<object?, string>("Broken", _ => throw new TimeoutException($"{Interlocked.Increment(ref attempts)}")));

        var id = await run.ScheduleAsync("Retry");
        for (var minute = 0; minute < 5; minute++)
            await run.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await run.LookAsync(id)).RuntimeStatus);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Activity_RetryHandler_DecidesByAttempt()
    {
        var attempts = 0;
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Retry", context => context.CallActivityAsync<string>("Flaky", TaskOptions.FromRetryHandler(async retry =>
            {
                await retry.OrchestrationContext.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return retry is { LastAttemptNumber: < 3, LastFailure.ErrorMessage: "busy" };
            })))
            .Activity<object?, string>("Flaky", _ =>
                Interlocked.Increment(ref attempts) == 3 ? "at last" : throw new TimeoutException("busy")));

        var id = await run.ScheduleAsync("Retry");
        await run.AdvanceAsync(TimeSpan.FromHours(1));
        await run.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("at last", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activity_EngineStopsWhileItRuns_RunsAgainAfterTheStart()
    {
        var begun = new TaskCompletionSource();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Long", context => context.CallActivityAsync<string>("Work"))
            .RawActivity("Work", async (_, cancellation) =>
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                return null;
            }));
        var id = await run.ScheduleAsync("Long");
        await begun.Task.WaitAsync(run.Patience);

        await run.RestartAsync(new TestFunctions()
            .Orchestrator("Long", context => context.CallActivityAsync<string>("Work"))
            .Activity<object?, string>("Work", _ => "second time"));

        Assert.Equal("second time", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activity_ThatDoesNotHearTheStop_IsWaitedForByIt()
    {
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Long", context => context.CallActivityAsync<int>("Work"))
            .AsyncActivity<object?, int>("Work", async _ =>
            {
                begun.SetResult();
                await finish.Task;
                return 1;
            }));
        await run.ScheduleAsync("Long");
        await begun.Task.WaitAsync(run.Patience);

        var stopping = run.Engine.StopAsync(CancellationToken.None);

        // In the time in which another engine starts, works and stops, this one would have stopped long ago.
        await using (var other = await EngineRun.StartAsync(new TestFunctions().Orchestrator("Quick", _ => Task.FromResult(2))))
            Assert.Equal(2, await other.RunAsync<int>("Quick"));
        Assert.False(stopping.IsCompleted);
        finish.SetResult();
        await stopping.WaitAsync(run.Patience);
    }

    [Fact]
    public async Task Activity_ClockJumpsMonthsWhileItRuns_IsNotStartedTwice()
    {
        var calls = 0;
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Long", context => context.CallActivityAsync<int>("Work"))
            .Orchestrator("Other", context => context.CallActivityAsync<int>("Quick"))
            .Activity<object?, int>("Quick", _ => 1)
            .AsyncActivity<object?, int>("Work", async _ =>
            {
                Interlocked.Increment(ref calls);
                begun.TrySetResult();
                await finish.Task;
                return calls;
            }));
        var id = await run.ScheduleAsync("Long");
        await begun.Task.WaitAsync(run.Patience);

        run.Clock.Advance(TimeSpan.FromDays(120));
        var other = await run.ScheduleAsync("Other"); // the dispatchers look again
        await run.Client.WaitForInstanceCompletionAsync(other, run.Patience);
        finish.SetResult();

        Assert.Equal(1, (await run.LookAsync(id)).ReadOutputAs<int>());
    }
}
