using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// The quarterly cleanup: pages the index of what is due and wakes each termination, which then purges itself. A sixteenth
/// at a time, by the first digit of the case's random reference, so that six hours share the work. What it misses is reached
/// by the terminations' own timers.
/// </summary>
internal static class RunCleanup
{
    private static readonly TimeSpan Spread = TimeSpan.FromHours(6);

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(20, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(15)));

    /// <summary>Runs one cleanup to its end.</summary>
    [Function(nameof(RunCleanup))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<CleanupInput>()!;
        for (var shard = 0; shard < DueIndex.Shards; shard++)
        {
            var at = input.Clock.Arrives(input.From + Spread * shard / DueIndex.Shards).UtcDateTime;
            if (at > context.CurrentUtcDateTime) await context.CreateTimer(at, CancellationToken.None);

            string? after = null;
            do
            {
                var step = new WakeStep(shard, input.Date, after);
                after = (await context.CallActivityAsync<WokenPage>(nameof(WakeDue), step, Retries)).After;
            }
            while (after is not null);
        }

        await context.CallActivityAsync(nameof(WakeDue.EndCleanup), new RunEnd(input.Run), Retries);
    }
}
