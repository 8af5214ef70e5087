using System.Diagnostics;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>What thousands of waiting instances cost: rows, no threads and no memory.</summary>
public sealed class WaitingTests
{
    private const int Many = 2000;

    [Fact]
    public async Task Waiting_TwoThousandInstances_HoldNoThreadAndNoMemory()
    {
        var alive = new List<WeakReference>(Many);
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                lock (alive)
                    alive.Add(new WeakReference(context));
                using var stop = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(120), stop.Token);
                var wake = context.WaitForExternalEvent<string>("Wake");
                await Task.WhenAny(timer, wake);
                stop.Cancel();
                return await wake;
            }));
        await run.SettleAsync();
        var threads = Threads();

        for (var i = 0; i < Many; i++)
            await run.ScheduleAsync("Wait", i, $"waiting-{i}");
        await run.SettleAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // Other tests run beside this one, with whole hosts that start and stop; 2,000 waiters would show.
        Assert.InRange(Threads() - threads, int.MinValue, 200);
        Assert.Equal(Many, alive.Count);
        Assert.InRange(alive.Count(context => context.IsAlive), 0, 4); // a stack slot may still hold the last ones
        await run.Client.RaiseEventAsync("waiting-7", "Wake", "up", run.Patience);
        Assert.Equal("up", (await run.LookAsync("waiting-7")).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync("waiting-8")).RuntimeStatus);
    }

    private static int Threads()
    {
        using var self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }
}
