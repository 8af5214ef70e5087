using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

[Clause("K-SCHEDULE")]
public class ForgetHistoriesTests
{
    [Fact]
    public async Task RunAsync_Histories_GoWhenTheyAreOverAndOldAndNoneElse()
    {
        var functions = new TestFunctions()
            .Orchestrator<int>("Ends", _ => Task.FromResult(1))
            .Orchestrator<int>("Waits", context => context.WaitForExternalEvent<int>("Go"))
            .Orchestrator<int>("Fails", _ => throw new InvalidOperationException("It breaks."));
        await using var run = await EngineRun.StartAsync(functions);
        foreach (var name in new[] { "Ends", "Waits", "Fails" }) await run.ScheduleAsync(name, id: $"old-{name}");
        await run.SettleAsync();
        run.Clock.Advance(TimeSpan.FromDays(399));
        await run.ScheduleAsync("Ends", id: "of-today");
        await run.SettleAsync();

        await new ForgetHistories(run.Clock).RunAsync(new TimerInfo(), run.Client, run.Patience);
        Assert.NotNull(await run.Client.GetInstanceAsync("old-Ends")); // it is not old enough

        run.Clock.Advance(TimeSpan.FromDays(2));
        await new ForgetHistories(run.Clock).RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Equal(
            ["of-today", "old-Fails", "old-Waits"],
            await run.Client.GetAllInstancesAsync(new OrchestrationQuery()).Select(found => found.InstanceId).Order().ToListAsync());
    }
}
