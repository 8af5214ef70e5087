namespace Microsoft.DurableTask;

/// <summary>
/// Decides after a failed attempt whether to try again (<c>true</c>) or to give up. It is part of the orchestrator and
/// replayed with it, so the same rules of determinism bind it. It waits by itself, with a durable timer, or not at all.
/// </summary>
/// <param name="retryContext">What is known about the attempts so far.</param>
public delegate bool RetryHandler(RetryContext retryContext);

/// <inheritdoc cref="RetryHandler"/>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);

/// <summary>What a retry handler knows about the attempts so far.</summary>
/// <param name="OrchestrationContext">The orchestration that made the call.</param>
/// <param name="LastAttemptNumber">Attempts made, from 1.</param>
/// <param name="LastFailure">The last attempt's failure.</param>
/// <param name="TotalRetryTime">Orchestration time since the first attempt.</param>
/// <param name="CancellationToken">Cancels the retries.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
