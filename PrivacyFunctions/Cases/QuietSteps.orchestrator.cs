using Microsoft.DurableTask;

namespace PrivacyFunctions.Cases;

/// <summary>
/// The steps of an orchestration that works on no case: each is tried until it works, however long that takes, and its failures
/// are in the log.
/// </summary>
/// <param name="context">The orchestration.</param>
/// <param name="scope">Tells this run from the other ones of the same instance.</param>
internal sealed class QuietSteps(TaskOrchestrationContext context, string scope = "0")
{
    private int _steps;

    /// <summary>Carries out a step and returns what it came to.</summary>
    /// <param name="activity">The activity's name.</param>
    /// <param name="input">Ids only.</param>
    public Task<T> DoAsync<T>(string activity, object input) => Mending.TryOrMendAsync<T>(
        context, nameof(MendStep), new MendInput(new(activity, input)), $"{context.InstanceId}:{activity}-{scope}-{++_steps}");
}
