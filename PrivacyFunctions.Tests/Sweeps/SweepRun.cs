using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>
/// The real orchestrators of a day's sweep on the real engine, with activities that note their calls and fail as the test wants.
/// Nothing sleeps: the test moves the clock.
/// </summary>
internal sealed class SweepRun : IAsyncDisposable
{
    public static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly string Instance = SweepInput.InstanceOf(Day);

    private readonly EngineRun _run;
    private readonly List<string> _calls = [];

    private SweepRun(EngineRun run) => _run = run;

    /// <summary>What was done, in order, with the data set that it was done to.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls) return [.. _calls];
        }
    }

    /// <summary>How many parts each data set still has.</summary>
    public Dictionary<string, int> Parts { get; } = new() { ["a"] = 1, ["b"] = 1, ["c"] = 1 };

    /// <summary>How often each data set still fails.</summary>
    public Dictionary<string, int> Failures { get; } = [];

    /// <summary>How long the histories became.</summary>
    public LongestHistory Longest { get; private set; } = null!;

    public static async Task<SweepRun> StartAsync()
    {
        var functions = new TestFunctions();
        var engine = await EngineRun.StartAsync(functions);
        var run = new SweepRun(engine) { Longest = await LongestHistory.WatchAsync(engine) };
        functions.WithCommonStages().Orchestrator(nameof(SweepRetention), Procedures.Of(SweepRetention.RunAsync))
            .Orchestrator(nameof(SweepDataSet), Procedures.Of(SweepDataSet.RunAsync));
        functions.Activity<SweepDay, SweepList>(nameof(SweepEnds.ListSweptSets), _ => new([.. run.Parts.Keys.Order()]));
        functions.Activity<SweepStep, SweptPart>(nameof(SweepPart), run.Sweep);
        functions.Activity<SweepStep, object?>(nameof(NoteBrokenSweep), step => run.Note($"broken {step.DataSet}"));
        functions.Activity<SweepDay, object?>(nameof(SweepEnds.EndSweep), _ => run.Note("end"));
        return run;
    }

    /// <summary>Runs the day to its end, through all its retries.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> RunAsync()
    {
        await _run.ScheduleAsync(nameof(SweepRetention), new SweepInput(SweepInput.CurrentVersion, Day), Instance);
        while (!(await _run.LookAsync(Instance)).IsCompleted) await _run.AdvanceAsync(TimeSpan.FromMinutes(5));
        return _run.Engine.ReadHistory(Instance);
    }

    /// <summary>The last history of a data set's own instance.</summary>
    public IReadOnlyList<HistoryEvent> HistoryOf(string set) => _run.Engine.ReadHistory($"{Instance}:{set}");

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private SweptPart Sweep(SweepStep step)
    {
        lock (_calls)
        {
            _calls.Add(step.DataSet);
            if (Failures.GetValueOrDefault(step.DataSet) > 0)
            {
                Failures[step.DataSet]--;
                throw new InvalidOperationException("It fails, as the test wants.");
            }

            return new(--Parts[step.DataSet] > 0);
        }
    }

    private object? Note(string what)
    {
        lock (_calls) _calls.Add(what);
        return null;
    }
}
