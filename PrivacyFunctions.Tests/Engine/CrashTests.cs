using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Workload;
using Xunit.Abstractions;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>
/// A process that runs cases is killed (SIGKILL) again and again at random points and started anew until all is done.
/// The points come from a seed: set PF_CRASH_SEED to repeat a run.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public Task Workload_KilledAtRandomPoints_LosesNothingAndCommitsNothingTwice() =>
        RunAsync(cases: 200, (_, _) => { }); // the client trusts what it was told

    /// <summary>
    /// A power cut may lose the last commits. What must hold: the file opens, what is in it is the state after some earlier
    /// commit (no turn by halves, no gap, every decision of the code's), and when the clients ask again for what they are not
    /// sure of, all of it is done.
    /// </summary>
    [Fact]
    public Task Workload_LosesTheEndOfItsJournalToo_IsAsAfterAnEarlierCommitAndGetsDone() => RunAsync(cases: 80, (folder, random) =>
    {
        var lost = Journal.Cut(Path.Combine(folder, "durable.db"), random);
        output.WriteLine($"lost {lost} bytes");
        VerifyFile(folder);
        using var ledger = new Ledger(Path.Combine(folder, "effects.db"));
        ledger.ForgetWhatTheEngineSaid();
    });

    private async Task RunAsync(int cases, Action<string, Random> afterAKill)
    {
        var seed = Environment.GetEnvironmentVariable("PF_CRASH_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"PF_CRASH_SEED={seed}");
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("pf-crash-").FullName;

        var kills = 0;
        while (!await RunAndMaybeKillAsync(folder, cases, linesToLive: random.Next(1, 80)))
        {
            kills++;
            afterAKill(folder, random);
        }

        output.WriteLine($"killed {kills} times");
        Assert.InRange(kills, cases / 20, 1000);
        Verify(folder, cases);
        Directory.Delete(folder, recursive: true);
    }

    /// <returns>Whether it finished before its time came.</returns>
    private static async Task<bool> RunAndMaybeKillAsync(string folder, int cases, int linesToLive)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(Ledger).Assembly.Location, folder, cases.ToString(CultureInfo.InvariantCulture) },
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

    private static void VerifyFile(string folder)
    {
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "durable.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check";
            Assert.Equal("ok", command.ExecuteScalar());
        }

        using var database = new Database(Path.Combine(folder, "durable.db"));
        database.Open(DateTimeOffset.UtcNow);
        var turns = new TurnStore(database, new(new(new() { DatabasePath = "" })));
        var functions = new CaseFunctions(null!, _ => { });
        Assert.Equal(0, database.Hold(connection => connection.Scalar<long>(
            """
            SELECT count(*) FROM Instances i
            WHERE turns <> (SELECT count(*) FROM History h WHERE h.execution = i.execution)
                OR turns <> coalesce((SELECT max(turn) + 1 FROM History h WHERE h.execution = i.execution), 0)
            """)));
        foreach (var row in new InstanceStore(database).List(new InstanceQuery(), 10_000))
            VerifyDecisions(turns.ReadHistory(row.Id), functions);
    }

    private static void Verify(string folder, int cases)
    {
        using var ledger = new Ledger(Path.Combine(folder, "effects.db"));
        using var database = new Database(Path.Combine(folder, "durable.db"));
        database.Open(DateTimeOffset.UtcNow);
        var instances = new InstanceStore(database);
        var turns = new TurnStore(database, new(new(new() { DatabasePath = "" })));
        var functions = new CaseFunctions(ledger, _ => { });

        for (var number = 0; number < cases; number++)
        {
            var id = CaseFunctions.Id(number);
            var row = instances.Find(id);
            Assert.Equal(OrchestrationStatus.Completed, row?.Status);
            Assert.Equal("6", row!.Output);
            Assert.All(CaseFunctions.Effects(number), effect => Assert.InRange(ledger.Times(effect), 1, 100));
            foreach (var instance in (string[])[id, $"{id}:gather"])
                VerifyHistory(turns.ReadHistory(instance), functions);
        }

        Assert.Equal(2 * cases, instances.List(new InstanceQuery(), 10_000).Count);
        Assert.Empty(new TimerStore(database).AllDue(DateTimeOffset.UtcNow.AddYears(1)));
        Assert.Empty(new TaskStore(database).All());
    }

    private static void VerifyHistory(IReadOnlyList<HistoryEvent> history, CaseFunctions functions)
    {
        Assert.Single(history, happened => happened.ExecutionStarted is not null);
        Assert.NotNull(history[^2].ExecutionCompleted);

        // Every decision once, every one answered once.
        var decided = history.Where(happened => happened.EventId >= 0 && happened.ExecutionCompleted is null)
            .Select(happened => happened.EventId).ToList();
        Assert.Equal(Enumerable.Range(0, decided.Count), decided);
        var answered = history.Select(happened => happened.EventTypeCase switch
        {
            HistoryEvent.EventTypeOneofCase.TaskCompleted => happened.TaskCompleted.TaskScheduledId,
            HistoryEvent.EventTypeOneofCase.TaskFailed => happened.TaskFailed.TaskScheduledId,
            HistoryEvent.EventTypeOneofCase.TimerFired => happened.TimerFired.TimerId,
            HistoryEvent.EventTypeOneofCase.SubOrchestrationInstanceCompleted =>
                happened.SubOrchestrationInstanceCompleted.TaskScheduledId,
            _ => -1,
        }).Where(answer => answer >= 0);
        Assert.Equal(decided, answered.Order());
        VerifyDecisions(history, functions);
    }

    // Whatever the crashes did, the code decides today what stands in the history.
    private static void VerifyDecisions(IReadOnlyList<HistoryEvent> history, CaseFunctions functions)
    {
        if (history.Count == 0)
            return;
        var code = functions.FindOrchestrator(RecordedTurn.StartOf(history).Name)!;
        foreach (var turn in RecordedTurn.Of(history))
            Assert.Equal(Histories.ToJson(turn.Decided), Histories.ToJson(turn.DecideToday(code)));
    }
}
