using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Who runs what the engine hands out: turns of orchestrations and activities. The engine knows nothing else of the code it
/// carries; histories go in and out in Durable Task's own protocol.
/// </summary>
internal interface IDurableWorker
{
    /// <summary>Runs one turn of an orchestration: its history and what is new go in, what it decided comes out.</summary>
    /// <param name="orchestrator">The orchestrator's name; one that the worker does not have fails the instance.</param>
    /// <param name="turn">The instance, its past events and its new ones.</param>
    /// <exception cref="Exception">The worker cannot be reached: the turn is tried again, nothing is recorded.</exception>
    Task<OrchestratorResponse> RunTurnAsync(string orchestrator, OrchestratorRequest turn, CancellationToken stopping);

    /// <summary>Runs an activity once.</summary>
    /// <returns>Its result, or how it failed.</returns>
    /// <exception cref="Exception">The worker cannot be reached: the activity is tried again, nothing is recorded.</exception>
    Task<ActivityOutcome> RunActivityAsync(ActivityCall call, CancellationToken stopping);
}

/// <summary>A call of an activity.</summary>
/// <param name="InstanceId">The calling orchestration's instance id.</param>
/// <param name="Name">The activity's name as the orchestrator wrote it.</param>
/// <param name="Input">Its input in JSON, the element itself; null when none was given.</param>
internal sealed record ActivityCall(string InstanceId, string Name, string? Input);

/// <summary>How an activity ended.</summary>
internal abstract record ActivityOutcome
{
    private ActivityOutcome()
    {
    }

    /// <param name="Result">In JSON; null when there is none.</param>
    internal sealed record Completed(string? Result) : ActivityOutcome;

    /// <param name="Message">What the exception said. It is stored, so it holds no personal data.</param>
    internal sealed record Failed(string Message) : ActivityOutcome;
}
