namespace Microsoft.DurableTask;

/// <summary>Either a <see cref="RetryPolicy"/> or a handler that decides after each failure.</summary>
public sealed class TaskRetryOptions
{
    /// <summary>Retries as the policy says.</summary>
    public TaskRetryOptions(RetryPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Policy = policy;
    }

    /// <summary>Retries while the handler says so.</summary>
    public TaskRetryOptions(AsyncRetryHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Handler = handler;
    }

    /// <summary>The policy; <c>null</c> when there is a <see cref="Handler"/>.</summary>
    public RetryPolicy? Policy { get; }

    /// <summary>The handler; <c>null</c> when there is a <see cref="Policy"/>.</summary>
    public AsyncRetryHandler? Handler { get; }

    /// <summary>Retries as the policy says.</summary>
    public static implicit operator TaskRetryOptions(RetryPolicy policy) => FromRetryPolicy(policy);

    /// <summary>Retries while the handler says so.</summary>
    public static implicit operator TaskRetryOptions(AsyncRetryHandler handler) => FromRetryHandler(handler);

    /// <summary>Retries while the handler says so.</summary>
    public static implicit operator TaskRetryOptions(RetryHandler handler) => FromRetryHandler(handler);

    /// <summary>Retries as the policy says.</summary>
    public static TaskRetryOptions FromRetryPolicy(RetryPolicy policy) => new(policy);

    /// <summary>Retries while the handler says so.</summary>
    public static TaskRetryOptions FromRetryHandler(AsyncRetryHandler handler) => new(handler);

    /// <summary>Retries while the handler says so.</summary>
    public static TaskRetryOptions FromRetryHandler(RetryHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return FromRetryHandler(context => Task.FromResult(handler(context)));
    }
}
