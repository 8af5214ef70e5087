using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>Timers on a host that fires some of them a second early, as the Functions host does.</summary>
public class TimersTests
{
    private const int Instances = 40;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly DateTime Due = EngineRun.Start.UtcDateTime.AddDays(3);

    [Fact]
    public async Task TimersOfTheHost_AreEarlyAtTimes() =>
        Assert.Contains(await EndsOfAsync(context => context.CreateTimer(Due, default)), at => at < Due);

    [Fact]
    public async Task Until_TimerASecondEarly_WaitsForTheInstant() => Assert.All(
        await EndsOfAsync(context => context.UntilAsync(Due)), at => Assert.InRange(at, Due, Due + Second));

    [Fact]
    public async Task Until_InstantThatIsOver_GoesOnAtOnce() => Assert.All(
        await EndsOfAsync(context => context.UntilAsync(Due.AddDays(-4))), at => Assert.True(at < Due.AddDays(-2)));

    [Fact]
    public async Task Procedure_OfToday_IsNeverEarlyAndTheFirstIsReplayedAsItWas()
    {
        Assert.All(await EndsOfAsync(context => Wait(context, "2")), at => Assert.InRange(at, Due, Due + Second));
        Assert.Contains(await EndsOfAsync(context => Wait(context, "1")), at => at < Due);

        static Task Wait(TaskOrchestrationContext context, string version) =>
            CaseProcedure.Of(context, CaseId.Parse(new('1', 32)), LegalClock.Ordinary, version).UntilAsync(new(Due));
    }

    // When each of many instances went on that waited for the same instant.
    private static async Task<IReadOnlyList<DateTime>> EndsOfAsync(Func<TaskOrchestrationContext, Task> wait)
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions().Orchestrator("Wait", async context =>
        {
            await wait(context);
            return context.CurrentUtcDateTime;
        }));
        run.Configure = options => options with { TimersFireEarlyBy = Second };
        await run.RestartAsync();
        for (var number = 0; number < Instances; number++) await run.ScheduleAsync("Wait", id: $"waits-{number}");
        await run.AdvanceAsync(TimeSpan.FromDays(3) - (2 * Second));
        for (var step = 0; step < 20; step++) await run.AdvanceAsync(Second / 5);

        var ends = new List<DateTime>();
        for (var number = 0; number < Instances; number++)
            ends.Add((await run.LookAsync($"waits-{number}")).ReadOutputAs<DateTime>());
        return ends;
    }
}
