using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The real orchestrator of a cleanup on the real engine, over an index that the test describes.</summary>
internal sealed class CleanupRun : IAsyncDisposable
{
    public const string Version = "cleanup-v2";
    public const string Instance = "cleanup-2026-04-01";

    /// <summary>When its day begins in Berlin, two hours before it begins in UTC.</summary>
    public static readonly DateTimeOffset From = new(2026, 3, 31, 22, 0, 0, TimeSpan.Zero);

    private readonly EngineRun _run;
    private readonly List<(DateTimeOffset At, WakeStep? Step)> _calls = [];

    private CleanupRun(EngineRun run) => _run = run;

    /// <summary>The pages in the order in which they were asked for, and when.</summary>
    public IReadOnlyList<(DateTimeOffset At, WakeStep Step)> Pages
    {
        get
        {
            lock (_calls) return [.. _calls.Where(call => call.Step is not null).Select(call => (call.At, call.Step!))];
        }
    }

    /// <summary>Whether the end was noted, after everything else and once.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_calls) return _calls.FindIndex(call => call.Step is null) is >= 0 and var end && end == _calls.Count - 1;
        }
    }

    /// <summary>How many pages each shard has; one unless named.</summary>
    public Dictionary<int, int> PagesOf { get; } = [];

    /// <summary>How often a page still cannot be read.</summary>
    public int Failures { get; set; }

    /// <summary>How long the histories became.</summary>
    public LongestHistory Longest { get; private set; } = null!;

    public static async Task<CleanupRun> StartAsync()
    {
        var functions = new TestFunctions();
        var engine = await EngineRun.StartAsync(functions);
        var run = new CleanupRun(engine) { Longest = await LongestHistory.WatchAsync(engine) };
        functions.WithCommonStages();
        functions.Orchestrator(nameof(RunCleanup), Procedures.Of(RunCleanup.RunAsync));
        functions.Activity<WakeStep, WokenPage>(nameof(WakeDue), run.Wake);
        functions.Activity<RunEnd, object?>(nameof(WakeDue.EndCleanup), end =>
        {
            Assert.Equal(Instance, end.Run);
            lock (run._calls) run._calls.Add((run._run.Clock.GetUtcNow(), null));
            return null;
        });
        return run;
    }

    /// <summary>Starts it at that instant.</summary>
    public async Task BeginAsync(DateTimeOffset at)
    {
        await PassToAsync(at);
        await _run.ScheduleAsync(
            nameof(RunCleanup),
            new CleanupInput(CleanupInput.CurrentVersion, Instance, new(2026, 4, 1), From, LegalClock.Ordinary), Instance);
        await _run.SettleAsync();
    }

    /// <summary>Lets days pass, in steps that are short enough for every pause between attempts.</summary>
    public Task PassDaysAsync(int days) => _run.PassDaysAsync(days);

    public Task PassToAsync(DateTimeOffset instant) => _run.AdvanceAsync(instant - _run.Clock.GetUtcNow());

    public async Task<bool> IsCompletedAsync() => (await _run.LookAsync(Instance)).IsCompleted;

    public IReadOnlyList<HistoryEvent> History() => _run.Engine.ReadHistory(Instance);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private WokenPage Wake(WakeStep step)
    {
        lock (_calls)
        {
            _calls.Add((_run.Clock.GetUtcNow(), step));
            if (Failures-- > 0) throw new InvalidOperationException("It fails, as the test wants.");
            var page = step.After is null ? 1 : int.Parse(step.After, System.Globalization.CultureInfo.InvariantCulture) + 1;
            return new(100, page < PagesOf.GetValueOrDefault(step.Shard, 1) ? $"{page}" : null);
        }
    }
}
