using Microsoft.DurableTask;

namespace PrivacyFunctions.Consent;

/// <summary>
/// How a campaign's orchestrations work: a step is retried, then shown as needing attention and tried again until it works. Runs
/// on the orchestrator's thread and is replayed with it.
/// </summary>
internal sealed class CampaignSteps(TaskOrchestrationContext context, CampaignId campaign)
{
    // About a quarter of an hour, for what passes by itself.
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    // A note needs the records alone; when even they are away, this waits for them for days.
    private static readonly TaskOptions UntilRecordsAreBack = TaskOptions.FromRetryPolicy(
        new RetryPolicy(1000, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Carries out a step, however long it takes, and returns what it came to.</summary>
    public async Task<T> DoAsync<T>(string activity, object input)
    {
        for (var isBroken = false; ; isBroken = true)
        {
            try
            {
                var result = await context.CallActivityAsync<T>(activity, input, Retries);
                if (isBroken) await NoteAsync(null);
                return result;
            }
            catch (TaskFailedException)
            {
                // What failed is in the log of the activity; here counts that a person can see that something waits.
                await NoteAsync(activity);
                await context.CreateTimer(Pause, CancellationToken.None);
            }
        }
    }

    private Task NoteAsync(string? step) => context.CallActivityAsync(
        nameof(NoteCampaignTrouble), new CampaignTrouble(campaign, step), UntilRecordsAreBack);
}
