using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

using Status = Grpc.Core.Status;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Durable Task's client protocol, answered by the engine: what a durable client binding speaks to. It refuses what the
/// Functions host refuses, with the same status. What it acknowledges is committed.
/// </summary>
internal sealed class TaskHubService(DurableEngine engine) : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    private const int UsualPage = 100;

    public override Task<Empty> Hello(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override Task<CreateInstanceResponse> StartInstance(CreateInstanceRequest request, ServerCallContext context)
    {
        if (string.IsNullOrEmpty(request.Name))
            throw Refusal(StatusCode.InvalidArgument, "An orchestration is started by the name of its orchestrator.");
        var id = string.IsNullOrEmpty(request.InstanceId) ? Guid.NewGuid().ToString("N") : request.InstanceId;
        var now = engine.Now;
        var startAt = request.ScheduledStartTimestamp?.ToDateTimeOffset() is { } wanted && wanted > now ? wanted : now;
        var start = new ExecutionStartedEvent
        {
            Name = request.Name,
            Version = request.Version ?? engine.Options.DefaultVersion,
            Input = request.Input,
            ScheduledStartTimestamp = request.ScheduledStartTimestamp,
            OrchestrationInstance = new() { InstanceId = id },
        };
        start.Tags.Add(request.Tags);
        return engine.Instances.TryStart(start, startAt, now, request.OrchestrationIdReusePolicy?.ReplaceableStatus)
            ? Task.FromResult(new CreateInstanceResponse { InstanceId = id })
            : throw Refusal(StatusCode.AlreadyExists, $"An Orchestration instance with the ID {id} already exists.");
    }

    public override Task<RaiseEventResponse> RaiseEvent(RaiseEventRequest request, ServerCallContext context)
    {
        DemandId(request.InstanceId);
        var now = engine.Now;
        var raised = Events.EventRaised(Timestamp.FromDateTimeOffset(now), request.Name, request.Input);
        DemandUnfinished(engine.Instances.Raise(request.InstanceId, raised, now), request.InstanceId, "raise an event for");
        return Task.FromResult(new RaiseEventResponse());
    }

    public override Task<TerminateResponse> TerminateInstance(TerminateRequest request, ServerCallContext context)
    {
        DemandId(request.InstanceId);
        var found = engine.Instances.Terminate(request.InstanceId, request.Output, request.Recursive, engine.Now);
        DemandUnfinished(found, request.InstanceId, "terminate");
        return Task.FromResult(new TerminateResponse());
    }

    public override Task<SuspendResponse> SuspendInstance(SuspendRequest request, ServerCallContext context)
    {
        DemandId(request.InstanceId);
        var found = engine.Instances.Halt(request.InstanceId, suspended: true, request.Reason, engine.Now);
        DemandUnfinished(found, request.InstanceId, "suspend");
        return found != OrchestrationStatus.Suspended
            ? Task.FromResult(new SuspendResponse())
            : throw Misplaced(request.InstanceId, "suspend", OrchestrationStatus.Suspended);
    }

    public override Task<ResumeResponse> ResumeInstance(ResumeRequest request, ServerCallContext context)
    {
        DemandId(request.InstanceId);
        var found = engine.Instances.Halt(request.InstanceId, suspended: false, request.Reason, engine.Now);
        DemandUnfinished(found, request.InstanceId, "resume");
        return found == OrchestrationStatus.Suspended
            ? Task.FromResult(new ResumeResponse())
            : throw Misplaced(request.InstanceId, "resume", found!.Value);
    }

    public override Task<GetInstanceResponse> GetInstance(GetInstanceRequest request, ServerCallContext context) =>
        Task.FromResult(engine.Instances.Find(request.InstanceId).ToResponse(request));

    public override Task<GetInstanceResponse> WaitForInstanceStart(GetInstanceRequest request, ServerCallContext context) =>
        WaitAsync(request, found => found.Status != OrchestrationStatus.Pending, context.CancellationToken);

    public override Task<GetInstanceResponse> WaitForInstanceCompletion(GetInstanceRequest request, ServerCallContext context) =>
        WaitAsync(request, found => found.Status.IsTerminal(), context.CancellationToken);

    public override Task<QueryInstancesResponse> QueryInstances(QueryInstancesRequest request, ServerCallContext context)
    {
        var size = request.Query.MaxInstanceCount > 0 ? request.Query.MaxInstanceCount : UsualPage;
        var rows = engine.Instances.List(request.Query, size);
        var page = new QueryInstancesResponse { ContinuationToken = rows.Count < size ? null : rows[^1].Id };
        page.OrchestrationState.Add(rows.Select(row => row.ToState(request.Query.FetchInputsAndOutputs)));
        return Task.FromResult(page);
    }

    public override Task<PurgeInstancesResponse> PurgeInstances(PurgeInstancesRequest request, ServerCallContext context)
    {
        try
        {
            var count = request.RequestCase switch
            {
                PurgeInstancesRequest.RequestOneofCase.InstanceId => engine.Purges.Purge(request.InstanceId, request.Recursive),
                PurgeInstancesRequest.RequestOneofCase.InstanceBatch =>
                    engine.Purges.Purge(request.InstanceBatch.InstanceIds, request.Recursive),
                PurgeInstancesRequest.RequestOneofCase.PurgeInstanceFilter =>
                    engine.Purges.PurgeAll(request.PurgeInstanceFilter, request.Recursive),
                _ => throw Refusal(StatusCode.InvalidArgument, $"Unknown purge request type '{request.RequestCase}'."),
            };
            return Task.FromResult(new PurgeInstancesResponse { DeletedInstanceCount = count, IsComplete = true });
        }
        catch (InvalidOperationException unfinished)
        {
            throw Refusal(StatusCode.FailedPrecondition, unfinished.Message);
        }
    }

    public override async Task StreamInstanceHistory(
        StreamInstanceHistoryRequest request, IServerStreamWriter<HistoryChunk> responseStream, ServerCallContext context)
    {
        if (engine.Instances.Find(request.InstanceId) is null)
            throw Unknown(request.InstanceId);
        var chunk = new HistoryChunk();
        chunk.Events.Add(engine.ReadHistory(request.InstanceId));
        await responseStream.WriteAsync(chunk, context.CancellationToken);
    }

    // As on the Functions host, an instance that does not exist is waited for as well.
    private async Task<GetInstanceResponse> WaitAsync(
        GetInstanceRequest request, Func<InstanceRow, bool> reached, CancellationToken cancelled)
    {
        DemandId(request.InstanceId);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancelled, engine.Stopping);
        try
        {
            var found = await engine.Waiters.WaitAsync(
                request.InstanceId,
                () => engine.Instances.Find(request.InstanceId) is { } row && reached(row) ? row : null,
                given.Token);
            return found.ToResponse(request);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw Refusal(StatusCode.Unavailable, "The durable engine stops.");
        }
    }

    private static void DemandId(string id)
    {
        if (string.IsNullOrEmpty(id))
            throw Refusal(StatusCode.InvalidArgument, "An instance id is needed.");
    }

    private static void DemandUnfinished(OrchestrationStatus? found, string id, string what)
    {
        if (found is not { } status)
            throw Unknown(id);
        if (status.IsTerminal())
            throw Misplaced(id, what, status);
    }

    private static RpcException Unknown(string id) => Refusal(StatusCode.NotFound, $"No instance with ID '{id}' was found.");

    private static RpcException Misplaced(string id, string what, OrchestrationStatus status) => Refusal(
        StatusCode.FailedPrecondition,
        $"Cannot {what} the orchestration instance {id} because instance is in the {status} state.");

    private static RpcException Refusal(StatusCode code, string sentence) => new(new Status(code, sentence));
}
