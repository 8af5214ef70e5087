using Microsoft.DurableTask;

namespace PrivacyFunctions.Cases;

/// <summary>
/// How a step that does not work is tried until it does: in an instance of its own, a round in a history, with pauses that grow
/// to a day. What stays broken through a round is shown, so that a person looks.
/// </summary>
internal static class Mending
{
    // About a quarter of an hour, for what passes by itself.
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    // An hour, two, four, and so on.
    private const int RoundsUntilLongest = 5;

    /// <summary>Tries a step once, and lets an instance mend it if that fails.</summary>
    /// <param name="context">The orchestration that waits for the step.</param>
    /// <param name="mender">The orchestrator that mends it.</param>
    /// <param name="input">The step.</param>
    /// <param name="stage">The instance, if one is needed.</param>
    public static async Task<T> TryOrMendAsync<T>(
        TaskOrchestrationContext context, string mender, MendInput input, string stage)
    {
        try
        {
            return await context.CallActivityAsync<T>(input.Step.Activity, input.Step.Input);
        }
        catch (TaskFailedException)
        {
            // What failed is in the log of the activity.
            return await context.CallSubOrchestratorAsync<T>(mender, input, new SubOrchestrationOptions(instanceId: stage));
        }
    }

    /// <summary>One round: it ends with the step's result, or goes on with a new history.</summary>
    /// <param name="context">The instance.</param>
    /// <param name="input">The step, and how far it is.</param>
    /// <param name="note">What shows that the step is broken, or works again; null if nobody is told.</param>
    public static async Task<object?> RoundAsync(
        TaskOrchestrationContext context, MendInput input, Func<bool, StepCall?> note)
    {
        var isShown = input.Round > 0;
        if (input.Result is null)
        {
            if (isShown) await TryAsync(context, note(true)); // in vain if the records are away: the next round shows it
            await context.CreateTimer(PauseBefore(input.Round), CancellationToken.None);
            var result = await TryAsync(context, input.Step);
            if (result is null)
            {
                context.ContinueAsNew(input with { Round = input.Round + 1 });
                return null;
            }

            input = input with { Result = result };
        }
        else
        {
            await context.CreateTimer(PauseBefore(round: 1), CancellationToken.None);
        }

        if (isShown && await TryAsync(context, note(false)) is null)
        {
            context.ContinueAsNew(input);
            return null;
        }

        return input.Result!.Value;
    }

    private static async Task<Mended?> TryAsync(TaskOrchestrationContext context, StepCall? call)
    {
        if (call is null) return new(null);
        try
        {
            return new(await context.CallActivityAsync<object?>(call.Activity, call.Input, Retries));
        }
        catch (TaskFailedException)
        {
            return null;
        }
    }

    private static TimeSpan PauseBefore(int round) => round switch
    {
        0 => FirstPause,
        <= RoundsUntilLongest => TimeSpan.FromHours(1 << (round - 1)),
        _ => LongestPause,
    };
}
