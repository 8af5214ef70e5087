namespace Microsoft.DurableTask;

/// <summary>How a sub-orchestration is called.</summary>
public record SubOrchestrationOptions : TaskOptions
{
    /// <summary>Options with retries and an instance id, each optional.</summary>
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry) => InstanceId = instanceId;

    /// <summary>The given options with an instance id; without one, the id that they already carry.</summary>
    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options) => InstanceId = instanceId ?? (options as SubOrchestrationOptions)?.InstanceId;

    /// <summary>A copy.</summary>
    public SubOrchestrationOptions(SubOrchestrationOptions options)
        : base(options)
    {
        InstanceId = options.InstanceId;
        Version = options.Version;
    }

    /// <summary>The child's instance id; <c>null</c> lets the runtime derive one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The child's version; <c>null</c> means none.</summary>
    public TaskVersion? Version { get; init; }
}
