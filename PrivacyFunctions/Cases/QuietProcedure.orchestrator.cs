using Microsoft.DurableTask;

namespace PrivacyFunctions.Cases;

/// <summary>The procedure of an orchestration that works on no case: the failures of its steps are in the log.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="scope">Tells this run from the other ones of the same instance.</param>
internal sealed class QuietProcedure(TaskOrchestrationContext context, string scope = "0") : Procedure
{
    private int _steps;

    /// <inheritdoc/>
    protected override Task<T> CarryOutAsync<T>(StepCall call, string? part = null) => Mending.TryOrMendAsync<T>(
        context, nameof(MendStep), new MendInput(call), $"{context.InstanceId}:{call.Activity}-{scope}-{++_steps}");
}
