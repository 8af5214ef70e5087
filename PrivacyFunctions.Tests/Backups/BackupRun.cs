using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Tests.Accounts;
using PrivacyFunctions.Tests.Engine;

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

    private BackupRun(EngineRun run) => _run = run;

    /// <summary>The activities in the order of their attempts.</summary>
    public IReadOnlyList<string> Calls => _calls;

    /// <summary>How often each activity still fails.</summary>
    public Dictionary<string, int> Failures { get; } = [];

    /// <summary>How long the histories became.</summary>
    public LongestHistory Longest { get; private set; } = null!;

    public static async Task<BackupRun> StartAsync()
    {
        var functions = new TestFunctions();
        var engine = await EngineRun.StartAsync(functions);
        var run = new BackupRun(engine) { Longest = await LongestHistory.WatchAsync(engine) };
        functions.WithCommonStages().Orchestrator(nameof(BackUp), Procedures.Of(BackUp.RunAsync));
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
        var input = new BackupInput(BackupInput.CurrentVersion, new(2026, 3, 2));
        await _run.ScheduleAsync(nameof(BackUp), input, Instance);
    }

    /// <summary>Runs the night to its end, through all its retries.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> RunAsync()
    {
        await BeginAsync();
        while (!(await _run.LookAsync(Instance)).IsCompleted) await _run.AdvanceAsync(TimeSpan.FromMinutes(5));
        return _run.Engine.ReadHistory(Instance);
    }

    public async Task<bool> IsCompletedAsync() => (await _run.LookAsync(Instance)).IsCompleted;

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private void Step<TIn, TOut>(string name, TOut result) => _run.Functions.Activity<TIn, TOut>(name, _ =>
    {
        _calls.Add(name);
        if (Failures.GetValueOrDefault(name) == 0) return result;
        Failures[name]--;
        throw new InvalidOperationException("It fails, as the test wants.");
    });
}
