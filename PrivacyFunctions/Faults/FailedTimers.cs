using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Faults;

/// <summary>
/// A function that a timer begins has nobody who waits for its answer, and no case that would show its trouble: when it fails, the
/// Data Protection Officer is told, once a day for each function (K-SCHEDULE). So they are when it takes so long that the host will end
/// it, and with it the process that could have told. The failure itself stays the host's.
/// </summary>
internal sealed class FailedTimers(TimeProvider time, ILogger<FailedTimers> log) : IFunctionsWorkerMiddleware
{
    // By the real clock, like the host's own limit of half an hour (host.json).
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(20);

    /// <summary>How long a function may take before it is told; a test has less time.</summary>
    public TimeSpan UntilTold { get; init; } = Long;

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!IsOfATimer(context.FunctionDefinition))
        {
            await next(context);
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var watch = TellIfLongAsync(context, over.Token);
        try
        {
            await next(context);
        }
        catch (Exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            await TryTellAsync(context, "failed", function => new TimerFailed(function));
            throw;
        }
        finally
        {
            await over.CancelAsync();
            await watch;
        }
    }

    private async Task TellIfLongAsync(FunctionContext context, CancellationToken over)
    {
        try
        {
            await Task.Delay(UntilTold, over);
        }
        catch (OperationCanceledException)
        {
            return; // it is done in time
        }

        await TryTellAsync(context, "long", function => new TimerTakesLong(function));
    }

    private static bool IsOfATimer(FunctionDefinition function) =>
        function.InputBindings.Values.Any(binding => binding.Type == "timerTrigger");

    // Where the records or the mail are what is broken, the log has to do, and the next failure tells.
    private async Task TryTellAsync(FunctionContext context, string what, Func<string, OfficerDraft> letter)
    {
        var function = context.FunctionDefinition.Name;
        try
        {
            await context.InstanceServices.GetRequiredService<OfficerMails>().TellOnceAsync(
                $"timer-{function}", $"{what}-{time.GetUtcNow():yyyy-MM-dd}", letter(function), context.CancellationToken);
        }
        catch (Exception failure) when (!context.CancellationToken.IsCancellationRequested)
        {
            log.LogError("The trouble of {Function} cannot be told: {Kind}", function, FailureKinds.Of(failure));
        }
    }
}
