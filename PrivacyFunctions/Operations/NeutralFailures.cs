using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Pages;

namespace PrivacyFunctions.Operations;

/// <summary>
/// The edge at which failures lose their words: an exception's message may hold what a store or a provider said, and with it
/// personal data, and the host keeps messages of activities in the durable history and all of them in its log. Logged is the
/// kind of failure and where it was thrown; a person gets a page, a program problem details.
/// </summary>
internal sealed class NeutralFailures(ILogger<NeutralFailures> log) : IFunctionsWorkerMiddleware
{
    private static readonly Notice Sorry = new(
        "Something went wrong on our side",
        "Your input was all right, and what we had confirmed to you before is safe. Please try again in a few minutes.");

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        // An orchestrator is replayed on a thread of its own: nothing may stand between it and its host.
        if (IsOrchestration(context))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception failure) when (!context.CancellationToken.IsCancellationRequested)
        {
            var function = context.FunctionDefinition.Name;
            log.LogError(
                "{Function} failed: {Kind}{NewLine}{Frames}", function, KindOf(failure), Environment.NewLine, failure.StackTrace);
            if (context.GetHttpContext() is not { Response.HasStarted: false } http)
                throw new FunctionFailedException(function, KindOf(failure));
            await Replies.Refused(http.Request, StatusCodes.Status500InternalServerError, Sorry).ExecuteAsync(http);
        }
    }

    private static bool IsOrchestration(FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(
            binding => binding.Type.Equals("orchestrationTrigger", StringComparison.OrdinalIgnoreCase));

    private static string KindOf(Exception failure) => failure switch
    {
        RequestFailedException storage => $"{nameof(RequestFailedException)} {storage.Status} {storage.ErrorCode}",
        MailNotAcceptedException mail => mail.Message,
        _ => failure.GetType().Name,
    };
}

/// <summary>A function failed. The message names the function and the kind of failure, nothing else.</summary>
internal sealed class FunctionFailedException(string function, string kind) : Exception($"{function} failed: {kind}");
