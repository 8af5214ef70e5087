using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DurableTask.Client;

/// <summary>What a query tells about an instance at one moment.</summary>
public sealed class OrchestrationMetadata
{
    /// <summary>The metadata of an instance of that orchestrator and id.</summary>
    public OrchestrationMetadata(string name, string instanceId)
    {
        Name = name;
        InstanceId = instanceId;
    }

    /// <summary>The orchestrator's name.</summary>
    public string Name { get; }

    /// <summary>The instance's id.</summary>
    public string InstanceId { get; }

    /// <summary>Reads the serialised values; only there when inputs and outputs were asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>Where the instance stands.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was scheduled, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its state last changed, in UTC.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>The input as stored.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>The output as stored; the failure's text when the instance failed.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>The custom status as stored.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>Why it failed. May be <c>null</c> for a failed instance on the Functions host: do not rely on it.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>Whether it was running.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Whether it had finished: completed, failed or terminated.</summary>
    public bool IsCompleted => RuntimeStatus is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;

    /// <summary>The input.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput);

    /// <summary>The output.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput);

    /// <summary>The custom status.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus);

    /// <summary>Name, id, status and times; no payload.</summary>
    public override string ToString() =>
        $"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}, "
        + $"CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}]";

    [return: NotNullIfNotNull(nameof(data))]
    private T? Read<T>(string? data) => DataConverter is null
        ? throw new InvalidOperationException("This metadata was fetched without inputs and outputs; ask for them to read it.")
        : DataConverter.Deserialize<T>(data);
}
