namespace Microsoft.DurableTask;

/// <summary>How an activity or a sub-orchestration is called.</summary>
public record TaskOptions
{
    /// <summary>Options with the given retries, <c>null</c> for none.</summary>
    public TaskOptions(TaskRetryOptions? retry) => Retry = retry;

    /// <summary>A copy.</summary>
    public TaskOptions(TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Retry = options.Retry;
    }

    /// <summary>What happens after a failure; <c>null</c> means that the first failure is final.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Options that retry as the policy says.</summary>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new((TaskRetryOptions)policy);

    /// <summary>Options that retry while the handler says so.</summary>
    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new((TaskRetryOptions)handler);

    /// <summary>Options that retry while the handler says so.</summary>
    public static TaskOptions FromRetryHandler(RetryHandler handler) => new((TaskRetryOptions)handler);

    /// <summary>The same options for a sub-orchestration that gets this instance id.</summary>
    public SubOrchestrationOptions WithInstanceId(string instanceId) => new(this, instanceId);
}
