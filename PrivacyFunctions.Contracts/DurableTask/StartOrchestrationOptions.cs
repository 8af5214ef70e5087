namespace Microsoft.DurableTask;

/// <summary>How a client starts an orchestration.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options with an instance id and a start instant, each optional.</summary>
    /// <param name="InstanceId">The new instance's id; a random one unless given.</param>
    /// <param name="StartAt">The instant before which it does not run; at once unless given or when it has passed.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>A copy.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Version = options.Version;
    }

    /// <summary>The new instance's id; a random one when <c>null</c>.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The instant before which the instance does not run.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>The new instance's version; <c>null</c> means none.</summary>
    public TaskVersion? Version { get; init; }
}
