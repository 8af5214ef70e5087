using Microsoft.DurableTask;

namespace PrivacyFunctions.Tests.Engine;

public sealed class EngineOptionsTests
{
    [Fact]
    public async Task DefaultVersion_InstanceAndChildWithoutOne_HaveIt()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", async context =>
            {
                var given = await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Version = "3" });
                var none = await context.CallSubOrchestratorAsync<string>("Child");
                return $"{context.Version},{given},{none}";
            })
            .Orchestrator("Child", context => Task.FromResult(context.Version)));
        run.Configure = options => options with { DefaultVersion = "1.0" };
        await run.RestartAsync();

        Assert.Equal("1.0,3,1.0", await run.RunAsync<string>("Parent"));
    }

    [Fact]
    public async Task LongestTimer_OfThreeDays_AMonthIsElevenPiecesAndEndsOnTime()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(31), CancellationToken.None);
                return context.CurrentUtcDateTime;
            }));
        run.LongestTimer = TimeSpan.FromDays(3);
        await run.RestartAsync();
        var id = await run.ScheduleAsync("Wait");
        await run.SettleAsync();

        var pieces = 0;
        for (; run.Engine.NextDue() is { } due; pieces++)
            await run.AdvanceAsync(due - run.Clock.GetUtcNow());

        Assert.Equal(11, pieces);
        Assert.Equal(EngineRun.Start.UtcDateTime.AddDays(31), (await run.LookAsync(id)).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task TimersFireEarlyBy_ASecond_AQuarterDoesAndAlwaysTheSame()
    {
        var early = TimeSpan.FromSeconds(1);

        async Task<List<string>> EarlyOnesAsync()
        {
            await using var run = await EngineRun.StartAsync(new TestFunctions()
                .Orchestrator("Wait", async context =>
                {
                    await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                    return context.CurrentUtcDateTime;
                }));
            run.Configure = options => options with { TimersFireEarlyBy = early };
            await run.RestartAsync();
            for (var number = 0; number < 200; number++)
                await run.ScheduleAsync("Wait", id: $"case-{number}");
            await run.AdvanceAsync(TimeSpan.FromDays(1) - early);

            var found = new List<string>();
            for (var number = 0; number < 200; number++)
            {
                if ((await run.LookAsync($"case-{number}")).IsCompleted)
                    found.Add($"case-{number}");
            }

            await run.AdvanceAsync(early);
            Assert.Equal(EngineRun.Start.UtcDateTime.AddDays(1) - early, (await run.LookAsync(found[0])).ReadOutputAs<DateTime>());
            Assert.Null(run.Engine.NextDue());
            return found;
        }

        var first = await EarlyOnesAsync();

        Assert.InRange(first.Count, 30, 70);
        Assert.Equal(first, await EarlyOnesAsync());
    }
}
