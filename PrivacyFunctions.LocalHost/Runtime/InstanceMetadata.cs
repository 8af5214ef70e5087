using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.LocalHost.Storage;

namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>Turns a stored row into what clients see.</summary>
internal static class InstanceMetadata
{
    public static OrchestrationMetadata ToMetadata(this InstanceRow row, bool withPayloads) => new(row.Name, row.Id)
    {
        RuntimeStatus = (OrchestrationRuntimeStatus)row.Status,
        CreatedAt = Instant.FromTicks(row.Created),
        LastUpdatedAt = Instant.FromTicks(row.Updated),
        DataConverter = withPayloads ? DurableJson.Converter : null,
        SerializedInput = withPayloads ? row.Input : null,
        SerializedOutput = withPayloads ? row.Output : null,
        SerializedCustomStatus = withPayloads ? row.CustomStatus : null,
        FailureDetails = withPayloads && row.Failure is not null
            ? new TaskFailureDetails("(unknown)", row.Failure, null, null, null)
            : null,
    };
}
