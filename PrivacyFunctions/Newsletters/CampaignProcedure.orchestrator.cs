using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Newsletters;

/// <summary>The procedure of a campaign: a step that does not work is shown on the campaign as needing attention.</summary>
internal abstract class CampaignProcedure : Procedure
{
    /// <summary>The procedure of an orchestration that was started with that version of its input.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="version">What the input says.</param>
    /// <param name="scope">Tells this run from the other ones of the same instance.</param>
    public static CampaignProcedure Of(TaskOrchestrationContext context, CampaignId campaign, string version, string scope = "0") =>
        WorkflowVersion.IsFirst(version) ? new First(context, campaign) : new Bounded(context, campaign, scope);

    // What does not work at once is mended by an instance of its own, which begins a new history with each round.
    private sealed class Bounded(TaskOrchestrationContext context, CampaignId campaign, string scope) : CampaignProcedure
    {
        private int _steps;

        protected override Task<T> CarryOutAsync<T>(StepCall call, string? part = null) => Mending.TryOrMendAsync<T>(
            context, nameof(MendCampaignStep), new MendCampaignInput(call, campaign),
            $"{context.InstanceId}:{call.Activity}-{scope}-{++_steps}");
    }

    // Version 1: stays as it was until the last of them is over.
    private sealed class First(TaskOrchestrationContext context, CampaignId campaign) : CampaignProcedure
    {
        // About a quarter of an hour, for what passes by itself.
        private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
            new RetryPolicy(8, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

        // A note needs the records alone; when even they are away, this waits for them for days.
        private static readonly TaskOptions UntilRecordsAreBack = TaskOptions.FromRetryPolicy(
            new RetryPolicy(1000, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

        private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

        protected override async Task<T> CarryOutAsync<T>(StepCall call, string? part = null)
        {
            for (var isBroken = false; ; isBroken = true)
            {
                try
                {
                    var result = await context.CallActivityAsync<T>(call.Activity, call.Input, Retries);
                    if (isBroken) await NoteAsync(null);
                    return result;
                }
                catch (TaskFailedException)
                {
                    // What failed is in the log of the activity; here counts that a person can see that something waits.
                    await NoteAsync(call.Activity);
                    await context.CreateTimer(Pause, CancellationToken.None);
                }
            }
        }

        private Task NoteAsync(string? step) => context.CallAsync(
            NoteCampaignTrouble.Step, new CampaignTrouble(campaign, step), UntilRecordsAreBack);
    }
}
