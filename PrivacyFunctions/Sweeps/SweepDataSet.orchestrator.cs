using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// The sweep of one data set in parts, a few of them in a history. One that stays broken for a quarter of an hour is shown and
/// given up for the day; the next sweep takes it up.
/// </summary>
internal static class SweepDataSet
{
    // Each may be tried eight times, which a history must hold.
    private const int PartsInAHistory = 4;

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    [Function(nameof(SweepDataSet))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<SweepSetInput>()!;
        var isMore = true;
        try
        {
            for (var parts = 0; isMore && parts < PartsInAHistory; parts++)
                isMore = (await context.CallAsync(SweepPart.Step, input.Step, Retries)).IsMore;
        }
        catch (TaskFailedException)
        {
            // What failed is in the log of the activity; here counts that a person gets to see it.
            await new QuietProcedure(context).DoAsync(NoteBrokenSweep.Step, input.Step);
            return;
        }

        if (isMore) context.ContinueAsNew(input with { Round = input.Round + 1 });
    }
}
