using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Operations;

/// <summary>
/// A function that a timer begins has nobody who waits for its answer, and no case that would show its trouble: when it fails, the
/// Data Protection Officer is told, once a day for each function (K-SCHEDULE). The failure itself stays the host's.
/// </summary>
internal sealed class FailedTimers(TimeProvider time, ILogger<FailedTimers> log) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (IsOfATimer(context.FunctionDefinition) && !context.CancellationToken.IsCancellationRequested)
        {
            await TryTellAsync(context.FunctionDefinition.Name, context);
            throw;
        }
    }

    private static bool IsOfATimer(FunctionDefinition function) => function.InputBindings.Values.Any(binding => binding.Type == "timerTrigger");

    // Where the records or the mail are what is broken, the log has to do, and the next failure tells.
    private async Task TryTellAsync(string function, FunctionContext context)
    {
        try
        {
            await context.InstanceServices.GetRequiredService<OfficerMails>().TellOnceAsync(
                $"timer-{function}", $"{time.GetUtcNow():yyyy-MM-dd}", OfficerLetters.TimerFailed(function), context.CancellationToken);
        }
        catch (Exception failure) when (!context.CancellationToken.IsCancellationRequested)
        {
            log.LogError("That {Function} failed cannot be told: {Kind}", function, FailureKinds.Of(failure));
        }
    }
}
