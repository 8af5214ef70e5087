using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace PrivacyFunctions.Backups;

/// <summary>
/// A night of the backups (T-BACKUP): a copy of the active data, read back before anybody relies on it, and the end of those
/// whose time is over. A night that fails is shown; the next one tries anew, and older backups live until one is whole.
/// </summary>
internal static class BackUp
{
    // About a quarter of an hour, for what passes by itself.
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    // Noting needs the records alone; when even they are away, this waits for them for days.
    private static readonly TaskOptions UntilRecordsAreBack = TaskOptions.FromRetryPolicy(
        new RetryPolicy(1000, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

    /// <summary>Runs one night to its end.</summary>
    [Function(nameof(BackUp))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var night = context.GetInput<BackupInput>()!.Night;
        var step = new NightStep(night);

        if (await SucceedsAsync(context, nameof(CopyData), step) && await SucceedsAsync(context, nameof(VerifyBackup), step))
            await context.CallActivityAsync(nameof(NoteVerified), step, UntilRecordsAreBack);

        // Also after a night that failed: those of earlier nights may stand in for still older ones.
        await SucceedsAsync(context, nameof(DeleteOldBackups), step);
    }

    private static async Task<bool> SucceedsAsync(TaskOrchestrationContext context, string activity, NightStep step)
    {
        try
        {
            await context.CallActivityAsync<object?>(activity, step, Retries);
            return true;
        }
        catch (TaskFailedException)
        {
            // What failed is in the log of the activity; here counts that a person can see it.
            await context.CallActivityAsync(
                nameof(NoteFailedNight), new FailedNight(step.Night, activity), UntilRecordsAreBack);
            return false;
        }
    }
}
