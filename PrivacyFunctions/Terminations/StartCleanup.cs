using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Starts the quarterly cleanup (§ 6.10 of the policy), once for each date: a row of ours decides, whoever fires this and
/// however often. It purges nothing itself.
/// </summary>
internal sealed class StartCleanup(OnceRuns runs, LegalTime time)
{
    [Function(nameof(StartCleanup))]
    public async Task RunAsync(
        [TimerTrigger("0 0 0 1 1,4,7,10 *")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var date = TerminationClock.CleanupOnOrBefore(DateOnly.FromDateTime(now.UtcDateTime));
        var run = $"{CleanupInput.Prefix}-{date:yyyy-MM-dd}";
        if (!await runs.BeginAsync(run, cancellation)) return;
        var input = new CleanupInput(CleanupInput.CurrentVersion, run, date, time.StartOf(date), await time.ClockAsync(cancellation));
        await client.StartOnceAsync(nameof(RunCleanup), run, input, cancellation);
    }
}

/// <summary>What a cleanup's orchestration knows from its start.</summary>
/// <param name="Version">To branch on.</param>
/// <param name="Run">Its own name, which is its instance id.</param>
/// <param name="Date">Whose day it is; everything due by then is woken.</param>
/// <param name="From">When that day begins in the legal time zone; UTC.</param>
/// <param name="Clock">The legal clock.</param>
internal sealed record CleanupInput(string Version, string Run, DateOnly Date, DateTimeOffset From, LegalClock Clock)
{
    public const string CurrentVersion = WorkflowVersion.Current;
    public const string Prefix = "cleanup";

    /// <summary>The sixteenth of the index that it is at.</summary>
    public int Shard { get; init; }

    /// <summary>The last entry of the page before; null at the beginning of a sixteenth.</summary>
    public string? After { get; init; }

    /// <summary>How often it began a new history.</summary>
    public int Round { get; init; }
}

/// <summary>A page of the due index.</summary>
internal sealed record WakeStep(int Shard, DateOnly Date, string? After);

/// <summary>How far a shard was woken.</summary>
/// <param name="Woken">How many were, for whoever reads the history.</param>
/// <param name="After">Where to go on; null at its end.</param>
internal sealed record WokenPage(int Woken, string? After);

/// <summary>A run that is over.</summary>
internal sealed record RunEnd(string Run);
