using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Terminations;

/// <summary>A cleanup that was started with version 1, in one history. It stays as it was until the last of them is over.</summary>
internal static class FirstCleanup
{
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(20, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(15)));

    /// <summary>Runs one cleanup to its end.</summary>
    public static async Task RunAsync(TaskOrchestrationContext context, CleanupInput input)
    {
        for (var shard = 0; shard < DueIndex.Shards; shard++)
        {
            var at = input.Clock.Arrives(RunCleanup.InstantOf(shard, input)).UtcDateTime;
            if (at > context.CurrentUtcDateTime) await context.CreateTimer(at, CancellationToken.None);

            string? after = null;
            do
            {
                var step = new WakeStep(shard, input.Date, after);
                after = (await context.CallAsync(WakeDue.Step, step, Retries)).After;
            }
            while (after is not null);
        }

        await context.CallAsync(WakeDue.EndCleanupStep, new RunEnd(input.Run), Retries);
    }
}
