using Microsoft.DurableTask;

namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>The orchestrators and activities that the engine runs, by name whatever its case.</summary>
internal interface IDurableFunctions
{
    /// <summary>An orchestrator; an instance of one that does not exist fails.</summary>
    OrchestratorFunction? FindOrchestrator(string name);

    /// <summary>An activity; a call of one that does not exist fails.</summary>
    ActivityFunction? FindActivity(string name);
}

/// <summary>An orchestrator. It is replayed: it awaits tasks of its context only.</summary>
/// <returns>The output, which is stored as JSON.</returns>
internal delegate Task<object?> OrchestratorFunction(TaskOrchestrationContext context);

/// <summary>An activity. It may run again after a crash.</summary>
/// <param name="call">What it is called with.</param>
/// <param name="cancellation">Cancelled when the engine stops; the call is then repeated after the next start.</param>
/// <returns>The result, which is stored as JSON. An exception's message is stored too, so it holds no personal data.</returns>
internal delegate Task<object?> ActivityFunction(ActivityCall call, CancellationToken cancellation);

/// <summary>A call of an activity.</summary>
/// <param name="InstanceId">The calling orchestration's instance id.</param>
/// <param name="Name">The activity's name as the orchestrator wrote it.</param>
/// <param name="SerializedInput">The input in JSON; <c>null</c> when none was given.</param>
internal sealed record ActivityCall(string InstanceId, string Name, string? SerializedInput);
