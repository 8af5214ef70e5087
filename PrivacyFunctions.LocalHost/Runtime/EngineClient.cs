using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.LocalHost.Storage;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>
/// The client of the embedded engine. Where the Functions host answers with a gRPC failure (an event to, or an end or a
/// suspension of, an unknown or a finished instance; a start of a running one), this one throws InvalidOperationException:
/// the app looks at its own records first and takes either as "nothing to do".
/// </summary>
internal sealed class EngineClient(InstanceStore instances, PurgeStore purges, TimeProvider time, Signal changed)
    : DurableTaskClient("embedded")
{
    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        return Task.Run(
            () =>
            {
                var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
                var now = time.GetUtcNow();
                var startAt = options?.StartAt > now ? options.StartAt.Value : now;
                var version = options?.Version?.Version ?? string.Empty;
                var json = DurableJson.Converter.Serialize(input);
                if (!instances.TryStart(new(id, orchestratorName.Name, version, json, startAt, Caller: null), now))
                    throw new InvalidOperationException($"An orchestration instance '{id}' already exists and has not finished.");
                changed.Raise();
                return id;
            },
            cancellation);
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return Task.Run(
            () =>
            {
                var raised = new EventRaised(eventName, DurableJson.Converter.Serialize(eventPayload));
                Demand(instances.Raise(instanceId, raised, time.GetUtcNow()), instanceId);
                changed.Raise();
            },
            cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.Run(
            () =>
            {
                var end = new ExecutionTerminated(DurableJson.Converter.Serialize(options?.Output), options?.Recursive ?? false);
                Demand(instances.Terminate(instanceId, end, time.GetUtcNow()), instanceId);
                changed.Raise();
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>As on the Functions host, the reason is stored as the output, as written and not as JSON.</remarks>
    public override Task SuspendInstanceAsync(
        string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        HaltAsync(instanceId, suspended: true, reason, cancellation);

    /// <inheritdoc cref="SuspendInstanceAsync"/>
    public override Task ResumeInstanceAsync(
        string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        HaltAsync(instanceId, suspended: false, reason, cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.Run(() => instances.Find(instanceId)?.ToMetadata(getInputsAndOutputs), cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(
            instanceId, found => found.RuntimeStatus != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, found => found.IsCompleted, getInputsAndOutputs, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        return Pageable.Create<OrchestrationMetadata>((token, sizeHint, cancellation) => Task.Run(
            () =>
            {
                var size = Math.Max(1, sizeHint ?? query.PageSize);
                var rows = instances.List(query, token ?? query.ContinuationToken, size);
                var page = rows.Select(row => row.ToMetadata(query.FetchInputsAndOutputs)).ToList();
                return new Page<OrchestrationMetadata>(page, rows.Count < size ? null : rows[^1].Id);
            },
            cancellation));
    }

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Task.Run(() => new PurgeResult(purges.Purge(instanceId, options?.Recursive ?? false)), cancellation);

    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Task.Run(() => new PurgeResult(purges.PurgeAll(filter, options?.Recursive ?? false), isComplete: true), cancellation);

    /// <summary>Nothing: the database belongs to the engine.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task HaltAsync(string instanceId, bool suspended, string? reason, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.Run(
            () =>
            {
                Demand(instances.Halt(instanceId, suspended, reason, time.GetUtcNow()), instanceId);
                changed.Raise();
            },
            cancellation);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationMetadata, bool> reached, bool getInputsAndOutputs, CancellationToken cancellation)
    {
        while (true)
        {
            var change = changed.Next;
            var found = await GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
            if (found is null)
                throw new InvalidOperationException($"There is no orchestration instance '{instanceId}'.");
            if (reached(found))
                return found;
            await change.WaitAsync(cancellation);
        }
    }

    private static void Demand(Delivery delivery, string instanceId)
    {
        if (delivery == Delivery.NoSuchInstance)
            throw new InvalidOperationException($"There is no orchestration instance '{instanceId}'.");
        if (delivery == Delivery.Finished)
            throw new InvalidOperationException($"Orchestration instance '{instanceId}' has finished.");
    }
}
