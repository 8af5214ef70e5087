namespace Microsoft.DurableTask;

/// <summary>How often and how fast a failed activity or sub-orchestration is tried again.</summary>
/// <remarks>
/// The delay before attempt n+1 is <see cref="FirstRetryInterval"/> times <see cref="BackoffCoefficient"/> to the power of
/// n-1, at most <see cref="MaxRetryInterval"/>. Between attempts the orchestration waits on a durable timer.
/// </remarks>
public class RetryPolicy
{
    /// <summary>Makes a policy. <see cref="Timeout.InfiniteTimeSpan"/> means unlimited for the last two.</summary>
    /// <param name="maxNumberOfAttempts">Attempts in all, the first included; at least 1.</param>
    /// <param name="firstRetryInterval">Delay between the first and the second attempt; positive.</param>
    /// <param name="backoffCoefficient">Growth of the delay; at least 1.</param>
    /// <param name="maxRetryInterval">Longest delay; one hour unless given.</param>
    /// <param name="retryTimeout">Time since the first attempt after which no other one is made; unlimited unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range,
    /// or a limit below the first interval.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        RefuseBelow(firstRetryInterval, maxRetryInterval, nameof(maxRetryInterval));
        RefuseBelow(firstRetryInterval, retryTimeout, nameof(retryTimeout));

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Attempts in all, the first included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>Delay between the first and the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>Growth of the delay from one attempt to the next; 1 means a constant delay.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>Longest delay between attempts.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>Time since the first attempt after which no other one is made.</summary>
    public TimeSpan RetryTimeout { get; }

    private static void RefuseBelow(TimeSpan first, TimeSpan? limit, string name)
    {
        if (limit < first && limit != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, limit, $"{name} must not be shorter than the first retry interval.");
    }
}
