using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace PrivacyFunctions.Benchmarks;

/// <summary>The orchestration that is measured: activities that do nothing, one after the other.</summary>
internal static class Sequence
{
    public const string Step = nameof(Step);

    /// <returns>How many activities it called.</returns>
    [Function(nameof(Sequence))]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var activities = context.GetInput<int>();
        for (var done = 0; done < activities; done++)
            await context.CallActivityAsync<int>(Step, done);
        return activities;
    }

    [Function(Step)]
    public static int TakeStep([ActivityTrigger] int number) => number;
}
