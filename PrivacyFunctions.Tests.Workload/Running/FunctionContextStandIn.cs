using System.Text.Json;
using DurableTask.Core;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.Tests.Workload.Running;

/// <summary>
/// The context that an orchestrator sees, as the Functions worker wraps Durable Task's own: the input is read as whatever type
/// the code asks for, and every call is refused on another thread than the orchestrator's. All else is Durable Task's.
/// </summary>
internal sealed class FunctionContextStandIn(TaskOrchestrationContext context, ILoggerFactory loggers) : TaskOrchestrationContext
{
    public override TaskName Name => context.Name;

    public override string InstanceId => context.InstanceId;

    public override ParentOrchestrationInstance? Parent => context.Parent;

    public override DateTime CurrentUtcDateTime => context.CurrentUtcDateTime;

    public override bool IsReplaying => context.IsReplaying;

    public override string Version => context.Version;

    public override IReadOnlyDictionary<string, object?> Properties => context.Properties;

    protected override ILoggerFactory LoggerFactory => loggers;

    private TaskOrchestrationContext Inner => OrchestrationContext.IsOrchestratorThread
        ? context
        : throw new InvalidOperationException("An invalid asynchronous invocation was detected.");

    public override T? GetInput<T>()
        where T : default =>
        Inner.GetInput<object>() is JsonElement json ? json.Deserialize<T>(DurableJson.Options) : default;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Inner.CallActivityAsync<TResult>(name, input, options);

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        Inner.CallSubOrchestratorAsync<TResult>(orchestratorName, input, options);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        Inner.CreateTimer(fireAt, cancellationToken);

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        Inner.WaitForExternalEvent<T>(eventName, cancellationToken);

    public override void SendEvent(string instanceId, string eventName, object payload) =>
        Inner.SendEvent(instanceId, eventName, payload);

    public override void SetCustomStatus(object? customStatus) => Inner.SetCustomStatus(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        Inner.ContinueAsNew(newInput, preserveUnprocessedEvents);

    public override Guid NewGuid() => Inner.NewGuid();
}
