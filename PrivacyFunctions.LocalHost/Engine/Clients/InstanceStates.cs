using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Turns a stored row into what clients see.</summary>
internal static class InstanceStates
{
    /// <remarks>As on the Functions host a failed instance has no failure details: its text is the output.</remarks>
    public static OrchestrationState ToState(this InstanceRow row, bool withPayloads)
    {
        var start = ExecutionStartedEvent.Parser.ParseFrom(row.Start);
        var state = new OrchestrationState
        {
            InstanceId = row.Id,
            ExecutionId = row.ExecutionId,
            Name = row.Name,
            Version = row.Version,
            OrchestrationStatus = row.Status,
            CreatedTimestamp = Instant.ToTimestamp(row.Created),
            LastUpdatedTimestamp = Instant.ToTimestamp(row.Updated),
            CompletedTimestamp = row.Completed is { } completed ? Instant.ToTimestamp(completed) : null,
            ScheduledStartTimestamp = start.ScheduledStartTimestamp,
            ParentInstanceId = start.ParentInstance?.OrchestrationInstance.InstanceId,
            Input = withPayloads ? row.Input : null,
            Output = withPayloads ? row.Output : null,
            CustomStatus = withPayloads ? row.CustomStatus : null,
        };
        state.Tags.Add(start.Tags);
        return state;
    }

    public static GetInstanceResponse ToResponse(this InstanceRow? row, GetInstanceRequest request) => row is null
        ? new GetInstanceResponse { Exists = false }
        : new GetInstanceResponse { Exists = true, OrchestrationState = row.ToState(request.GetInputsAndOutputs) };
}
