using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Backups;

/// <summary>A night of version 1 or 2: everything is copied in one call. To be removed when the last of them is over.</summary>
internal static class FirstBackUp
{
    // Version 1: noting needs the records alone; when even they are away, this waits for them for days.
    private static readonly TaskOptions UntilRecordsAreBack = TaskOptions.FromRetryPolicy(
        new RetryPolicy(1000, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

    public static async Task RunAsync(TaskOrchestrationContext context, BackupInput input)
    {
        var step = new NightStep(input.Night);
        var quietly = new QuietProcedure(context);

        if (await SucceedsAsync(CopyData.Step.Activity) && await SucceedsAsync(VerifyBackup.Step.Activity))
            await NoteAsync(NoteVerified.Step, step);

        // Also after a night that failed: those of earlier nights may stand in for still older ones.
        await SucceedsAsync(DeleteOldBackups.Step.Activity);

        async Task<bool> SucceedsAsync(string activity)
        {
            try
            {
                await context.CallActivityAsync<object?>(activity, step, BackUp.Retries);
                return true;
            }
            catch (TaskFailedException)
            {
                // What failed is in the log of the activity; here counts that a person can see it.
                await NoteAsync(NoteFailedNight.Step, new FailedNight(input.Night, activity));
                return false;
            }
        }

        Task NoteAsync<TNote>(Step<TNote> noting, TNote note)
            where TNote : notnull => WorkflowVersion.IsFirst(input.Version)
                ? context.CallActivityAsync(noting.Activity, note, UntilRecordsAreBack)
                : quietly.DoAsync(noting, note);
    }
}
