using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

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

    // Version 1: noting needs the records alone; when even they are away, this waits for them for days.
    private static readonly TaskOptions UntilRecordsAreBack = TaskOptions.FromRetryPolicy(
        new RetryPolicy(1000, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

    /// <summary>Runs one night to its end.</summary>
    [Function(nameof(BackUp))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<BackupInput>()!;
        var step = new NightStep(input.Night);
        var quietly = new QuietSteps(context);

        if (await SucceedsAsync(nameof(CopyData)) && await SucceedsAsync(nameof(VerifyBackup)))
            await NoteAsync(nameof(NoteVerified), step);

        // Also after a night that failed: those of earlier nights may stand in for still older ones.
        await SucceedsAsync(nameof(DeleteOldBackups));

        async Task<bool> SucceedsAsync(string activity)
        {
            try
            {
                await context.CallActivityAsync<object?>(activity, step, Retries);
                return true;
            }
            catch (TaskFailedException)
            {
                // What failed is in the log of the activity; here counts that a person can see it.
                await NoteAsync(nameof(NoteFailedNight), new FailedNight(input.Night, activity));
                return false;
            }
        }

        Task NoteAsync(string activity, object note) => WorkflowVersion.IsFirst(input.Version)
            ? context.CallActivityAsync(activity, note, UntilRecordsAreBack)
            : quietly.DoAsync<object?>(activity, note);
    }
}
