using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace PrivacyFunctions.Cases;

/// <summary>
/// Carries out a step that did not work at once, however long it takes, and returns what it came to. Its case shows that it is
/// broken, which is noted in each round anew: the records may have been away.
/// </summary>
internal static class MendStep
{
    /// <summary>Runs one round.</summary>
    [Function(nameof(MendStep))]
    public static Task<object?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var broken = context.GetInput<MendInput>()!;
        return Mending.RoundAsync(context, broken, isBroken => broken.Shown is { } shown
            ? StepCall.Of(isBroken ? NoteAttention.Step : NoteRecovery.Step, shown with { Breakdown = broken.Round })
            : null);
    }
}
