using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace PrivacyFunctions.Tests.Engine.Differential;

/// <summary>
/// Random orchestrations end alike on this engine and on Microsoft's own DurableTask.Core in memory: with the same status,
/// the same output and the same custom status. The one in memory is not the Functions host: see ScenarioGenerator. Set
/// PF_DIFFERENTIAL_SEED to repeat a run.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Scenarios = 200;
    private const int MostLost = Scenarios / 20;
    private static readonly TimeSpan UntilLost = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task RandomOrchestrations_OnBothEngines_EndAlike()
    {
        var seed = Environment.GetEnvironmentVariable("PF_DIFFERENTIAL_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"PF_DIFFERENTIAL_SEED={seed}");
        var scenarios = Enumerable.Range(seed, Scenarios).Select(ScenarioGenerator.Make).ToList();

        var clock = Stopwatch.StartNew();
        var ours = await OnOursAsync(scenarios);
        output.WriteLine($"ours: {clock.Elapsed}");
        clock.Restart();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var theirs = await OnMicrosoftsAsync(scenarios, patience);
        output.WriteLine($"Microsoft's: {clock.Elapsed}, {theirs.Count(ending => ending is null)} lost");

        // Its service in memory loses a message now and then, mostly on a busy machine.
        Assert.InRange(theirs.Count(ending => ending is null), 0, MostLost);
        foreach (var (scenario, expected, found) in scenarios.Zip(theirs, ours).Where(pair => pair.Second is not null))
        {
            Assert.True(
                expected == found,
                $"PF_DIFFERENTIAL_SEED={scenario.Seed}\n{scenario.Plan.ToJson()}\nMicrosoft's: {expected}\nours:        {found}");
        }
    }

    private static async Task<Outcome?[]> OnOursAsync(List<Scenario> scenarios)
    {
        var plans = new PlanInterpreter();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator(PlanInterpreter.Orchestrator, PlanInterpreter.CarryAsync)
            .Activity<string, string>(PlanInterpreter.Echo, PlanInterpreter.Say)
            .Activity<string, string>(PlanInterpreter.Flaky, plans.FailSometimes));
        await Task.WhenAll(scenarios.Select(scenario => Client.BeginAsync(run.Client, scenario, run.Patience)));
        await run.SettleAsync();
        while (run.Engine.NextDue() is { } due)
            await run.AdvanceAsync(due - run.Clock.GetUtcNow());
        return await Task.WhenAll(scenarios.Select(scenario => Client.EndAsync(run.Client, scenario, run.Patience)));
    }

    // Once one has ended, gives up when no other does for a while: then what is left was lost.
    private static async Task<Outcome?[]> OnMicrosoftsAsync(List<Scenario> scenarios, CancellationTokenSource patience)
    {
        var plans = new PlanInterpreter();
        await using var engine = await MicrosoftsEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string, string>(PlanInterpreter.Orchestrator, (context, _) => PlanInterpreter.CarryAsync(context))
            .AddActivityFunc<string, string>(PlanInterpreter.Echo, (_, what) => PlanInterpreter.Say(what))
            .AddActivityFunc<string, string>(PlanInterpreter.Flaky, (_, order) => plans.FailSometimes(order)));
        return await Task.WhenAll(scenarios.Select(async scenario =>
        {
            await Client.BeginAsync(engine.Client, scenario, patience.Token);
            var end = await Client.EndAsync(engine.Client, scenario, patience.Token);
            patience.CancelAfter(UntilLost);
            return end;
        }));
    }
}
