using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Workload.Running;

/// <summary>A worker in this process: Microsoft's replay, and activities as plain functions.</summary>
internal sealed class RunnerWorker(IDurableFunctions functions, ILoggerFactory loggers, TimeSpan? longestTimer = null)
    : IDurableWorker, IDisposable
{
    private readonly Orchestrators _orchestrators = new(loggers, longestTimer);

    public Task<OrchestratorResponse> RunTurnAsync(string orchestrator, OrchestratorRequest turn, CancellationToken stopping) =>
        Task.FromResult(functions.FindOrchestrator(orchestrator) is { } code
            ? _orchestrators.Run(turn, code)
            : Failed(turn, $"There is no orchestrator named '{orchestrator}'."));

    public async Task<ActivityOutcome> RunActivityAsync(ActivityCall call, CancellationToken stopping)
    {
        try
        {
            var activity = functions.FindActivity(call.Name)
                ?? throw new InvalidOperationException($"There is no activity named '{call.Name}'.");
            return new ActivityOutcome.Completed(DurableJson.Converter.Serialize(await activity(call, stopping)));
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            return new ActivityOutcome.Failed(failure.Message);
        }
    }

    public void Dispose() => _orchestrators.Dispose();

    private static OrchestratorResponse Failed(OrchestratorRequest turn, string message)
    {
        var response = new OrchestratorResponse { InstanceId = turn.InstanceId };
        response.Actions.Add(new OrchestratorAction
        {
            CompleteOrchestration = new()
            {
                OrchestrationStatus = OrchestrationStatus.Failed,
                Result = message,
                FailureDetails = new() { ErrorType = "(unknown)", ErrorMessage = message },
            },
        });
        return response;
    }
}
