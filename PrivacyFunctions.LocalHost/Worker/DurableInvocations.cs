using System.Collections.Frozen;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Worker.Protocol;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>Lets the worker run the engine's turns and activities: each is an invocation of one of its functions.</summary>
internal sealed class DurableInvocations(WorkerChannel channel, LoadedWorker worker, Invocations invocations) : IDurableWorker
{
    private readonly FrozenDictionary<string, WorkerFunction> _orchestrators = ByName(
        worker, trigger => (trigger as FunctionTrigger.Orchestration)?.Name);

    private readonly FrozenDictionary<string, WorkerFunction> _activities = ByName(
        worker, trigger => (trigger as FunctionTrigger.Activity)?.Name);

    /// <inheritdoc/>
    public async Task<OrchestratorResponse> RunTurnAsync(
        string orchestrator, OrchestratorRequest turn, CancellationToken stopping)
    {
        if (!_orchestrators.TryGetValue(orchestrator, out var function))
            return Failed(turn, $"There is no orchestrator named '{orchestrator}'.");
        var encoded = Convert.ToBase64String(turn.ToByteArray());
        // A turn is short and is not cancelled: its end is waited for, or the worker's.
        var answer = await channel.InvokeAsync(
            function, invocations.Turn(function, turn.InstanceId, encoded), CancellationToken.None);
        if (answer.Result.Status == StatusResult.Types.Status.Success && answer.ReturnValue?.String is { Length: > 0 } response)
            return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(response));
        // A worker that stops fails what it has at hand; that says nothing about the orchestration.
        stopping.ThrowIfCancellationRequested();
        if (answer.Result.Status == StatusResult.Types.Status.Cancelled || channel.Ended.IsCompleted) throw new WorkerGoneException();
        return Failed(turn, $"Function {function.Name} failed outside of its orchestrator.");
    }

    /// <inheritdoc/>
    public async Task<ActivityOutcome> RunActivityAsync(ActivityCall call, CancellationToken stopping)
    {
        if (!_activities.TryGetValue(call.Name, out var function))
            return new ActivityOutcome.Failed($"There is no activity named '{call.Name}'.");
        var answer = await channel.InvokeAsync(function, invocations.Activity(function, call.InstanceId, call.Input), stopping);
        if (answer.Result.Status == StatusResult.Types.Status.Success) return new ActivityOutcome.Completed(JsonOf(answer.ReturnValue));
        stopping.ThrowIfCancellationRequested();
        return new ActivityOutcome.Failed(answer.Result.Exception?.Message ?? $"{function.Name} failed.");
    }

    // The worker sends a string as it is, and everything else as JSON.
    private static string? JsonOf(TypedData? value) => value?.DataCase switch
    {
        TypedData.DataOneofCase.Json => value.Json,
        TypedData.DataOneofCase.String => JsonSerializer.Serialize(value.String),
        TypedData.DataOneofCase.Bytes => JsonSerializer.Serialize(value.Bytes.ToByteArray()),
        TypedData.DataOneofCase.Int => JsonSerializer.Serialize(value.Int),
        TypedData.DataOneofCase.Double => JsonSerializer.Serialize(value.Double),
        _ => null,
    };

    private static OrchestratorResponse Failed(OrchestratorRequest turn, string message) => new()
    {
        InstanceId = turn.InstanceId,
        Actions =
        {
            new OrchestratorAction
            {
                Id = -1,
                CompleteOrchestration = new()
                {
                    OrchestrationStatus = OrchestrationStatus.Failed,
                    FailureDetails = new() { ErrorType = "(unknown)", ErrorMessage = message },
                },
            },
        },
    };

    private static FrozenDictionary<string, WorkerFunction> ByName(LoadedWorker worker, Func<FunctionTrigger, string?> name)
    {
        var named = worker.Functions.Where(function => name(function.Trigger) is not null).ToList();
        var twice = named
            .GroupBy(function => name(function.Trigger), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? named.ToFrozenDictionary(function => name(function.Trigger)!, StringComparer.OrdinalIgnoreCase)
            : throw new FunctionStartupException(
                $"{string.Join(" and ", twice.Select(function => function.Name))} answer to the same durable name {twice.Key}.");
    }
}
