using Microsoft.DurableTask;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Repeats a failed call under a new id. It is orchestrator code: it waits on durable timers and is replayed.</summary>
internal static class Retries
{
    public static Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions? retry, Func<Task<T>> call) =>
        retry switch
        {
            { Policy: { } policy } => RunAsync(context, policy, call),
            { Handler: { } handler } => RunAsync(context, handler, call),
            _ => call(),
        };

    private static async Task<T> RunAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> call)
    {
        var firstAttemptAt = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException) when (MayRetry(policy, attempt, context.CurrentUtcDateTime - firstAttemptAt))
            {
                await context.CreateTimer(Delay(policy, attempt), CancellationToken.None);
            }
        }
    }

    private static async Task<T> RunAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var firstAttemptAt = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failure)
            {
                var spent = context.CurrentUtcDateTime - firstAttemptAt;
                if (!await handler(new RetryContext(context, attempt, failure.FailureDetails, spent, CancellationToken.None)))
                    throw;
            }
        }
    }

    private static bool MayRetry(RetryPolicy policy, int attempt, TimeSpan spent) =>
        attempt < policy.MaxNumberOfAttempts && (policy.RetryTimeout == Timeout.InfiniteTimeSpan || spent < policy.RetryTimeout);

    private static TimeSpan Delay(RetryPolicy policy, int attempt)
    {
        // In milliseconds as a double: a long back-off overflows a TimeSpan, not a double.
        var grown = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.FromDays(3650) : policy.MaxRetryInterval;
        return grown < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(grown) : longest;
    }
}
