using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine;

public sealed class ExternalEventTests
{
    [Fact]
    public async Task Event_NameInOtherCase_ReachesTheWaiter()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", context => context.WaitForExternalEvent<string>("Confirmed")));
        var id = await run.ScheduleAsync("Wait");
        await run.SettleAsync();

        await run.Client.RaiseEventAsync(id, "cONFIRMED", "yes", run.Patience);

        Assert.Equal("yes", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Events_RaisedBeforeAnybodyWaits_AreKeptInOrder()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                var first = await context.WaitForExternalEvent<string>("Step");
                var second = await context.WaitForExternalEvent<string>("Step");
                return first + second;
            }));
        var id = await run.ScheduleAsync("Wait");
        await run.Client.RaiseEventAsync(id, "Step", "a", run.Patience);
        await run.Client.RaiseEventAsync(id, "step", "b", run.Patience);

        await run.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal("ab", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Event_WithoutPayload_CompletesTheWaiter()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context => await context.WaitForExternalEvent<string?>("Wake") ?? "woken"));
        var id = await run.ScheduleAsync("Wait");

        await run.Client.RaiseEventAsync(id, "Wake", run.Patience);

        Assert.Equal("woken", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Event_TwoWaiters_GoesToTheOneThatBeganLast()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                var older = context.WaitForExternalEvent<string>("Wake");
                var younger = context.WaitForExternalEvent<string>("Wake");
                await Task.WhenAny(older, younger);
                var first = younger.IsCompleted ? "younger" : "older";
                return $"{first}:{await younger}{await older}";
            }));
        var id = await run.ScheduleAsync("Wait");
        await run.SettleAsync();

        await run.Client.RaiseEventAsync(id, "Wake", "1", run.Patience);
        await run.SettleAsync();
        await run.Client.RaiseEventAsync(id, "Wake", "2", run.Patience);

        Assert.Equal("younger:12", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Event_WaiterTimedOut_IsNotSwallowedByIt()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Remind", async context =>
            {
                var reminders = 0;
                while (true)
                {
                    try
                    {
                        var answer = await context.WaitForExternalEvent<string>("Answer", TimeSpan.FromDays(3));
                        return $"{answer} after {reminders}";
                    }
                    catch (OperationCanceledException)
                    {
                        reminders++;
                    }
                }
            }));
        var id = await run.ScheduleAsync("Remind");
        for (var i = 0; i < 3; i++)
            await run.AdvanceAsync(TimeSpan.FromDays(3));

        await run.Client.RaiseEventAsync(id, "Answer", "yes", run.Patience);

        Assert.Equal("yes after 3", (await run.LookAsync(id)).ReadOutputAs<string>());
        Assert.Null(run.Engine.NextDue());
    }

    [Fact]
    public async Task Event_AwaitedOnceAgainstReminders_EndsTheReminders()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Remind", async context =>
            {
                var answer = context.WaitForExternalEvent<string>("Answer");
                for (var reminders = 0; ; reminders++)
                {
                    using var stop = new CancellationTokenSource();
                    var reminder = context.CreateTimer(TimeSpan.FromDays(3), stop.Token);
                    if (await Task.WhenAny(answer, reminder) == answer)
                    {
                        stop.Cancel();
                        return $"{await answer} after {reminders}";
                    }
                }
            }));
        var id = await run.ScheduleAsync("Remind");
        await run.AdvanceAsync(TimeSpan.FromDays(3));
        await run.AdvanceAsync(TimeSpan.FromDays(3));

        await run.Client.RaiseEventAsync(id, "Answer", "yes", run.Patience);

        Assert.Equal("yes after 2", (await run.LookAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Event_ToUnknownOrFinishedInstance_Throws()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Done", _ => Task.FromResult(1)));
        var id = await run.ScheduleAsync("Done");
        await run.SettleAsync();

        await Refusals.AssertAsync(StatusCode.NotFound, () => run.Client.RaiseEventAsync("nobody", "Wake", run.Patience));
        await Refusals.AssertAsync(StatusCode.FailedPrecondition, () => run.Client.RaiseEventAsync(id, "Wake", run.Patience));
    }

    [Fact]
    public async Task SendEvent_FromOneInstanceToAnother_ArrivesOnce()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Receiver", context => context.WaitForExternalEvent<int>("Number"))
            .Orchestrator("Sender", async context =>
            {
                context.SendEvent("receiver", "number", 42);
                context.SendEvent("nobody", "number", 43);
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return 0;
            }));
        await run.ScheduleAsync("Receiver", id: "receiver");
        await run.SettleAsync();
        var sender = await run.ScheduleAsync("Sender");
        await run.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(42, (await run.LookAsync("receiver")).ReadOutputAs<int>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await run.LookAsync(sender)).RuntimeStatus);
    }
}
