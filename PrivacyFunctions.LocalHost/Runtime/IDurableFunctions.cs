using Microsoft.DurableTask;

namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>The orchestrators and activities that the engine can run, by name.</summary>
internal interface IDurableFunctions
{
    /// <summary>The orchestrator of that name; null when there is none.</summary>
    OrchestratorFunction? FindOrchestrator(string name);

    /// <summary>The activity of that name; null when there is none.</summary>
    ActivityFunction? FindActivity(string name);
}

/// <summary>Runs an orchestrator from its beginning.</summary>
internal delegate Task<object?> OrchestratorFunction(TaskOrchestrationContext context);

/// <summary>Runs an activity once.</summary>
internal delegate Task<object?> ActivityFunction(ActivityCall call, CancellationToken cancellation);

/// <summary>A call of an activity; the input is JSON by <see cref="DurableJson.Options"/>.</summary>
internal sealed record ActivityCall(string InstanceId, string Name, string? SerializedInput);
