namespace PrivacyFunctions.Cases;

/// <summary>
/// How an orchestration works, whatever it works on: a step is tried until it works, however long that takes. Runs on the
/// orchestrator's thread and is replayed with it.
/// </summary>
internal abstract class Procedure
{
    /// <summary>Carries out a step, however long it takes.</summary>
    /// <param name="step">The step.</param>
    /// <param name="input">Ids only.</param>
    /// <param name="part">Which part of the step, where several run side by side.</param>
    public Task DoAsync<TInput>(Step<TInput> step, TInput input, string? part = null)
        where TInput : notnull => CarryOutAsync<object?>(new(step.Activity, input), part);

    /// <summary>Carries out a step, however long it takes, and returns what it came to.</summary>
    /// <inheritdoc cref="DoAsync{TInput}"/>
    public Task<TResult> DoAsync<TInput, TResult>(Step<TInput, TResult> step, TInput input, string? part = null)
        where TInput : notnull => CarryOutAsync<TResult>(new(step.Activity, input), part);

    /// <summary>Carries out a step, however long it takes, and returns what it came to.</summary>
    /// <param name="call">The step.</param>
    /// <param name="part">Which part of it, where several run side by side.</param>
    protected abstract Task<T> CarryOutAsync<T>(StepCall call, string? part = null);
}
