using Microsoft.DurableTask;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Workload.Running;

/// <summary>The orchestrators and activities that are run, by name whatever its case.</summary>
internal interface IDurableFunctions
{
    /// <summary>An orchestrator; an instance of one that does not exist fails.</summary>
    OrchestratorFunction? FindOrchestrator(string name);

    /// <summary>An activity; a call of one that does not exist fails.</summary>
    ActivityFunction? FindActivity(string name);
}

/// <summary>An orchestrator. It is replayed: it awaits tasks of its context only.</summary>
internal delegate Task<object?> OrchestratorFunction(TaskOrchestrationContext context);

/// <summary>An activity.</summary>
/// <param name="cancellation">Cancelled when the engine stops; the call is then repeated after the next start.</param>
internal delegate Task<object?> ActivityFunction(ActivityCall call, CancellationToken cancellation);
