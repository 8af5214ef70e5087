using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Storage;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>Runs orchestrator turns. Between turns an instance is nothing but rows.</summary>
internal sealed class TurnWorker(
    TurnStore store, IDurableFunctions functions, TimeProvider time, TimeSpan leaseLength, ILoggerFactory loggers)
    : IWorker<string, TurnLease>
{
    private readonly ILogger _logger = loggers.CreateLogger<TurnWorker>();

    public string KeyOf(TurnLease lease) => lease.InstanceId;

    public IReadOnlyList<TurnLease> Lease(int limit, IReadOnlyCollection<string> running, DateTimeOffset now) =>
        store.Lease(limit, running, now, leaseLength);

    public DateTimeOffset? NextWake(IReadOnlyCollection<string> running, DateTimeOffset now) => store.NextWake(running, now);

    public Task RunAsync(TurnLease lease, CancellationToken stopping)
    {
        var started = new OrchestratorStarted(time.GetUtcNow().UtcDateTime);
        var input = store.Load(lease, new DateTimeOffset(started.At));
        var result = OrchestrationTurn.Run(
            lease.InstanceId,
            input.Past,
            [started, .. input.Messages.Select(read => read.Message)],
            Find,
            DurableJson.Converter,
            loggers);

        if (!store.Commit(lease, input, started, result, time.GetUtcNow()))
            _logger.LogWarning("A turn of instance {InstanceId} was dropped: its lease had gone to another.", lease.InstanceId);
        else if (result.Completion is { } completion)
            Report(lease.InstanceId, completion.Status);
        return Task.CompletedTask;
    }

    private Func<TaskOrchestrationContext, Task<object?>>? Find(string name) =>
        functions.FindOrchestrator(name) is { } orchestrator ? context => orchestrator(context) : null;

    // The text of a failure is in the instance's row; the log gets ids and names only.
    private void Report(string instanceId, OrchestrationRuntimeStatus status) => _logger.Log(
        status == OrchestrationRuntimeStatus.Failed ? LogLevel.Warning : LogLevel.Debug,
        "Instance {InstanceId} ended: {Status}.",
        instanceId,
        status);
}
