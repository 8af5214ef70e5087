using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>
/// The real orchestrator of a night on the real engine, with activities that note their calls and fail as the test wants.
/// Nothing sleeps: the test moves the clock.
/// </summary>
internal sealed class BackupRun : IAsyncDisposable
{
    public const string Instance = "backup-2026-03-02";

    private readonly EngineRun _run;
    private readonly List<string> _calls = [];
    private readonly List<(string Activity, int Number)> _parts = [];

    private readonly string _version;

    private BackupRun(EngineRun run, string version) => (_run, _version) = (run, version);

    /// <summary>The activities in the order of their attempts.</summary>
    public IReadOnlyList<string> Calls => _calls;

    /// <summary>How many parts a step has; one unless the test says so.</summary>
    public Dictionary<string, int> Parts { get; } = [];

    /// <summary>The parts in the order of their attempts.</summary>
    public IReadOnlyList<int> PartsOf(string activity) => [.. _parts.Where(part => part.Activity == activity).Select(part => part.Number)];

    /// <summary>How often each activity still fails.</summary>
    public Dictionary<string, int> Failures { get; } = [];

    /// <summary>How long the histories became.</summary>
    public LongestHistory Longest { get; private set; } = null!;

    /// <param name="version">The version of the procedure that the night was started with.</param>
    public static async Task<BackupRun> StartAsync(string version = BackupInput.CurrentVersion)
    {
        var functions = new TestFunctions();
        var engine = await EngineRun.StartAsync(functions);
        var run = new BackupRun(engine, version) { Longest = await LongestHistory.WatchAsync(engine) };
        functions.WithCommonStages().Orchestrator(nameof(BackUp), Procedures.Of(BackUp.RunAsync))
            .Orchestrator(nameof(BackUpInParts), Procedures.Of(BackUpInParts.RunAsync));
        run.Part(nameof(CopyData.CopyPart));
        run.Part(nameof(VerifyBackup.VerifyPart));
        run.Step<NightStep, BackupSize>(nameof(CopyData), new(13, 10_000, 1_000_000));
        run.Step<NightStep, object?>(nameof(VerifyBackup), null);
        run.Step<NightStep, object?>(nameof(NoteVerified), null);
        run.Step<FailedNight, object?>(nameof(NoteFailedNight), null);
        run.Step<NightStep, object?>(nameof(DeleteOldBackups), null);
        return run;
    }

    /// <summary>Lets days pass, in steps that are short enough for every pause between attempts.</summary>
    public Task PassDaysAsync(int days) => _run.PassDaysAsync(days);

    public async Task BeginAsync()
    {
        var input = new BackupInput(_version, new(2026, 3, 2));
        await _run.ScheduleAsync(nameof(BackUp), input, Instance);
    }

    /// <summary>Runs the night to its end, through all its retries.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> RunAsync()
    {
        await BeginAsync();
        while (!(await _run.LookAsync(Instance)).IsCompleted) await _run.AdvanceAsync(TimeSpan.FromMinutes(5));
        return _run.Engine.ReadHistory(Instance);
    }

    /// <summary>The last history of a step in parts.</summary>
    public IReadOnlyList<HistoryEvent> HistoryOf(string activity) => _run.Engine.ReadHistory($"{Instance}:{activity}");

    public async Task<bool> IsCompletedAsync() => (await _run.LookAsync(Instance)).IsCompleted;

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private void Part(string name) => _run.Functions.Activity<NightPart, NextPart>(name, part =>
    {
        _parts.Add((name, part.Number));
        Call(name);
        return part.Number + 1 < Parts.GetValueOrDefault(name, 1) ? new(part.Number + 1) : NextPart.None;
    });

    private void Step<TIn, TOut>(string name, TOut result) => _run.Functions.Activity<TIn, TOut>(name, _ =>
    {
        Call(name);
        return result;
    });

    private void Call(string name)
    {
        _calls.Add(name);
        if (Failures.GetValueOrDefault(name) == 0) return;
        Failures[name]--;
        throw new InvalidOperationException("It fails, as the test wants.");
    }
}
