using Microsoft.DurableTask;

namespace PrivacyFunctions.Cases;

/// <summary>Calls of steps whose failure the orchestration itself deals with.</summary>
internal static class StepCalls
{
    /// <summary>Carries out a step, and fails with it.</summary>
    public static Task CallAsync<TInput>(
        this TaskOrchestrationContext context, Step<TInput> step, TInput input, TaskOptions? options = null)
        where TInput : notnull => context.CallActivityAsync(step.Activity, input, options);

    /// <summary>Carries out a step and returns what it came to, and fails with it.</summary>
    public static Task<TResult> CallAsync<TInput, TResult>(
        this TaskOrchestrationContext context, Step<TInput, TResult> step, TInput input, TaskOptions? options = null)
        where TInput : notnull => context.CallActivityAsync<TResult>(step.Activity, input, options);
}
