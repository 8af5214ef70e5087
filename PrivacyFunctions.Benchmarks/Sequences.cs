using System.Diagnostics;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Benchmarks;

/// <summary>
/// Orchestrations that call activities one after the other: how many of them a second, and whether a long one gets slower.
/// Measured twice: on the engine with Microsoft's replay behind it, and through the whole host with Microsoft's worker.
/// </summary>
internal static class Sequences
{
    private const int Starters = 16;
    private static readonly int[] Lengths = [100, 400, 1600];

    public static async Task MeasureAsync(Report report)
    {
        report.Begin(
            "Orchestrations",
            "A second's orchestrations, many at once, and a second's activities of a single long one. The baseline commits three "
            + "rows at a time to SQLite with synchronous=FULL, one after the other, in a file beside the engine's.");
        using var folder = new TemporaryFolder();
        var commits = FullCommits.PerSecond(folder.File("full.db"), TimeSpan.FromSeconds(3));

        await using (var engine = await EngineAlone.StartAsync(folder))
            await MeasureAsync(report, "engine", engine.Client, commits);
        await using (var host = await WholeHost.StartAsync(folder))
            await MeasureAsync(report, "host and worker", host.Client, commits);
    }

    private static async Task MeasureAsync(Report report, string who, DurableTaskClient client, double commits)
    {
        await ManyAsync(client, 200, activities: 1); // what is compiled at first use is not measured
        report.Compare(
            $"one activity each, {who}", await ManyAsync(client, 3000, activities: 1), "orchestrations/s", commits, "FULL commits");
        report.Compare(
            $"eight activities each, {who}", await ManyAsync(client, 800, activities: 8), "orchestrations/s", commits, "FULL commits");
        var shortest = 0.0;
        foreach (var length in Lengths)
        {
            var rate = await OneAsync(client, length);
            if (shortest == 0) shortest = rate;
            report.Compare($"one of {length} activities, {who}", rate, "activities/s", shortest, $"one of {Lengths[0]}");
        }
    }

    private static async Task<double> ManyAsync(DurableTaskClient client, int orchestrations, int activities)
    {
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, orchestrations, new ParallelOptions { MaxDegreeOfParallelism = Starters }, async (_, cancellation) =>
            await RunAsync(client, activities, cancellation));
        return orchestrations / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> OneAsync(DurableTaskClient client, int activities)
    {
        var began = Stopwatch.GetTimestamp();
        await RunAsync(client, activities, CancellationToken.None);
        return activities / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task RunAsync(DurableTaskClient client, int activities, CancellationToken cancellation)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Sequence), activities, cancellation);
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellation);
        if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed || ended.ReadOutputAs<int>() != activities)
            throw new InvalidOperationException($"A sequence of {activities} ended wrong: {ended.RuntimeStatus}, {ended.SerializedOutput}");
    }
}
