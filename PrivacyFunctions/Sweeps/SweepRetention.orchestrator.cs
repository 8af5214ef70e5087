using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// The sweep of a day: all data sets side by side, so that none waits for another. What is not done at the first go, because it
/// is long or does not work, goes on in an instance of its own.
/// </summary>
internal static class SweepRetention
{
    [Function(nameof(SweepRetention))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<SweepInput>()!;
        var quietly = new QuietProcedure(context);
        var list = await quietly.DoAsync(SweepEnds.ListSweptSetsStep, new SweepDay(input.Day));
        await Task.WhenAll(list.DataSets.Select(SweepAsync));
        await quietly.DoAsync(SweepEnds.EndSweepStep, new SweepDay(input.Day));

        async Task SweepAsync(string set)
        {
            var step = new SweepStep(input.Day, set);
            if (!await IsMoreAsync(step)) return;
            await context.CallSubOrchestratorAsync<object?>(
                nameof(SweepDataSet), new SweepSetInput(input.Version, step),
                new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{set}"));
        }

        async Task<bool> IsMoreAsync(SweepStep step)
        {
            try
            {
                return (await context.CallAsync(SweepPart.Step, step)).IsMore;
            }
            catch (TaskFailedException)
            {
                return true; // what failed is in the log of the activity
            }
        }
    }
}
