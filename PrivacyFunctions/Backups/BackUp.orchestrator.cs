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
    internal static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    /// <summary>Runs one night to its end.</summary>
    [Function(nameof(BackUp))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<BackupInput>()!;
        return WorkflowVersion.CopiesInOneCall(input.Version)
            ? FirstBackUp.RunAsync(context, input)
            : RunAsync(context, input);
    }

    private static async Task RunAsync(TaskOrchestrationContext context, BackupInput input)
    {
        var step = new NightStep(input.Night);
        var quietly = new QuietProcedure(context);
        var failed = new List<string>();

        if (await InParts(CopyData.CopyPartStep) && await AtOnce(CopyData.Step) && await InParts(VerifyBackup.VerifyPartStep))
            await quietly.DoAsync(NoteVerified.Step, step);

        // Also after a night that failed: those of earlier nights may stand in for still older ones.
        await SucceedsAsync(DeleteOldBackups.Step.Activity, context.CallAsync(DeleteOldBackups.Step, step, Retries));

        // Last, so that no deletion waits for the records or the mail.
        foreach (var activity in failed)
            await quietly.DoAsync(NoteFailedNight.Step, new FailedNight(input.Night, activity));

        async Task<bool> SucceedsAsync(string activity, Task run)
        {
            try
            {
                await run;
                return true;
            }
            catch (TaskFailedException)
            {
                // What failed is in the log of the activity; here counts that a person gets to see it.
                failed.Add(activity);
                return false;
            }
        }

        Task<bool> AtOnce<TResult>(Step<NightStep, TResult> once) =>
            SucceedsAsync(once.Activity, context.CallAsync(once, step, Retries));

        Task<bool> InParts(Step<NightPart, NextPart> part) => SucceedsAsync(part.Activity, context.CallSubOrchestratorAsync<object?>(
            nameof(BackUpInParts), new PartsInput(input.Version, input.Night, part.Activity),
            new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{part.Activity}")));
    }
}
