using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// The quarterly cleanup: pages the index of what is due and wakes each termination, which then purges itself. A sixteenth
/// at a time, by the first digit of the case's random reference, so that six hours share the work; each begins a new history,
/// and so does each so many pages. What it misses is reached by the terminations' own timers.
/// </summary>
internal static class RunCleanup
{
    private const int PagesInAHistory = 50;

    private static readonly TimeSpan Spread = TimeSpan.FromHours(6);

    /// <summary>Runs some pages, and goes on until the cleanup is at its end.</summary>
    [Function(nameof(RunCleanup))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<CleanupInput>()!;
        if (WorkflowVersion.IsFirst(input.Version))
        {
            await FirstCleanup.RunAsync(context, input);
            return;
        }

        var steps = new QuietProcedure(context, $"{input.Round}");
        var at = input.Clock.Arrives(InstantOf(input.Shard, input)).UtcDateTime;
        if (at > context.CurrentUtcDateTime) await context.UntilAsync(at);

        var after = input.After;
        for (var pages = 0; pages < PagesInAHistory; pages++)
        {
            after = (await steps.DoAsync(WakeDue.Step, new WakeStep(input.Shard, input.Date, after))).After;
            if (after is null) break;
        }

        var next = input with { Shard = after is null ? input.Shard + 1 : input.Shard, After = after, Round = input.Round + 1 };
        if (next.Shard < DueIndex.Shards) context.ContinueAsNew(next);
        else await steps.DoAsync(WakeDue.EndCleanupStep, new RunEnd(input.Run));
    }

    /// <summary>When a sixteenth's time has come; legal time.</summary>
    public static DateTimeOffset InstantOf(int shard, CleanupInput input) => input.From + Spread * shard / DueIndex.Shards;
}
