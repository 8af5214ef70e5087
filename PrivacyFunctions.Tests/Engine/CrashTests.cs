using System.Diagnostics;
using System.Globalization;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.LocalHost.Storage;
using PrivacyFunctions.Tests.Workload;
using Xunit.Abstractions;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>
/// A process that runs 200 cases is killed (SIGKILL) again and again at random points and started anew until all is done.
/// The points come from a seed: set PF_CRASH_SEED to repeat a run.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Cases = 200;

    [Fact]
    public async Task Workload_KilledAtRandomPoints_LosesNothingAndCommitsNothingTwice()
    {
        var seed = Environment.GetEnvironmentVariable("PF_CRASH_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"PF_CRASH_SEED={seed}");
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("pf-crash-").FullName;

        var kills = 0;
        while (!await RunAndMaybeKillAsync(folder, linesToLive: random.Next(1, 80)))
            kills++;

        output.WriteLine($"killed {kills} times");
        Assert.InRange(kills, 10, 1000);
        Verify(folder);
        Directory.Delete(folder, recursive: true);
    }

    /// <returns>Whether it finished before its time came.</returns>
    private static async Task<bool> RunAndMaybeKillAsync(string folder, int linesToLive)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(Ledger).Assembly.Location, folder, Cases.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (line == "done")
                {
                    await process.WaitForExitAsync(patience.Token);
                    Assert.Equal(0, process.ExitCode);
                    return true;
                }

                if (--linesToLive == 0)
                    return false;
            }

            throw new InvalidOperationException("The workload ended by itself, before it was done.");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static void Verify(string folder)
    {
        using var ledger = new Ledger(Path.Combine(folder, "effects.db"));
        using var database = new Database(Path.Combine(folder, "durable.db"));
        database.Open(DateTimeOffset.UtcNow);
        var instances = new InstanceStore(database);
        var turns = new TurnStore(database);
        var functions = new CaseFunctions(ledger, _ => { });

        for (var number = 0; number < Cases; number++)
        {
            var id = CaseFunctions.Id(number);
            var row = instances.Find(id);
            Assert.Equal((long)OrchestrationRuntimeStatus.Completed, row?.Status);
            Assert.Equal("6", row!.Output);
            Assert.All(CaseFunctions.Effects(number), effect => Assert.InRange(ledger.Times(effect), 1, 100));
            foreach (var instance in (string[])[id, $"{id}:gather"])
                VerifyHistory(instance, turns.ReadHistory(instance), functions);
        }

        Assert.Equal(2 * Cases, instances.List(new OrchestrationQuery(), null, 10_000).Count);
        Assert.False(instances.IsBusy(DateTimeOffset.UtcNow.AddYears(1)));
    }

    private static void VerifyHistory(string id, IReadOnlyList<HistoryEvent> history, CaseFunctions functions)
    {
        Assert.Single(history.OfType<ExecutionStarted>());
        Assert.Single(history.OfType<ExecutionCompleted>());

        // Every decision once, every one answered once.
        var decided = history.OfType<Decision>().Select(decision => decision.Id).ToList();
        Assert.Equal(Enumerable.Range(0, decided.Count), decided);
        var answered = history.Select(happened => happened switch
        {
            TaskCompleted completed => completed.TaskId,
            TaskFailed failed => failed.TaskId,
            TimerFired fired => fired.TimerId,
            _ => -1,
        }).Where(answer => answer >= 0);
        Assert.Equal(decided, answered.Order());

        var replayed = OrchestrationTurn.Run(
            id,
            history,
            [],
            name => functions.FindOrchestrator(name) is { } code ? context => code(context) : null,
            DurableJson.Converter,
            NullLoggerFactory.Instance);
        Assert.Equal(history[^1], replayed.Completion);
    }
}
