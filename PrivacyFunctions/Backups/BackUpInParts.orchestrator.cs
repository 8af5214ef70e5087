using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace PrivacyFunctions.Backups;

/// <summary>A step of a night whose work comes in parts, one after the other: a few of them in a history.</summary>
internal static class BackUpInParts
{
    // Each may be tried eight times, which a history must hold.
    private const int PartsInAHistory = 4;

    /// <summary>Works off the parts from the input's on. It fails when one of them does not work.</summary>
    [Function(nameof(BackUpInParts))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<PartsInput>()!;
        var next = new NextPart(input.Part);
        for (var calls = 0; calls < PartsInAHistory && next.Number is { } part; calls++)
            next = await context.CallActivityAsync<NextPart>(input.Activity, new NightPart(input.Night, part), BackUp.Retries);
        if (next.Number is { } rest) context.ContinueAsNew(input with { Part = rest });
    }
}
