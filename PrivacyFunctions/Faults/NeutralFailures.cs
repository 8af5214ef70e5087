using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Faults;

/// <summary>
/// The edge at which failures lose their words: an exception's message may hold what a store or a provider said, and with it
/// personal data, and the host keeps messages of activities in the durable history and all of them in its log. Logged is the
/// kind of failure and where it was thrown; a person gets a page, a program problem details. It holds for whatever a function
/// throws: while its input is read, while its answer is written, and while it is called off, too.
/// </summary>
internal sealed class NeutralFailures(ILogger<NeutralFailures> log) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
            await AnswerAsync(context);
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            // The host stops, or nobody waits any more. It has to see that it was called off, to do it again.
            throw new FunctionFailedException(context.FunctionDefinition.Name, "called off", new());
        }
        catch (Exception failure)
        {
            var (function, kind) = (context.FunctionDefinition.Name, FailureKinds.Of(failure));
            log.LogError(
                "{Function} failed: {Kind}{NewLine}{Frames}", function, kind, Environment.NewLine, FailureKinds.FramesOf(failure));
            if (context.GetHttpContext() is not { Response.HasStarted: false } http)
                throw new FunctionFailedException(function, kind);
            await Replies.Refused(http.Request, StatusCodes.Status500InternalServerError, PageText.Of<AnswersText>().Failed.Write()).ExecuteAsync(http);
        }
    }

    // Else the worker would write it outside of this edge, and then send it to the host once more as the function's result: a
    // page's content as JSON, with the personal data in it.
    private static async Task AnswerAsync(FunctionContext context)
    {
        if (context.GetHttpContext() is not { } http) return;
        var result = context.GetInvocationResult();
        if (result.Value is not IResult answer) return;
        result.Value = null;
        await answer.ExecuteAsync(http);
    }
}

/// <summary>A function failed. The message names the function and the kind of failure, nothing else.</summary>
internal sealed class FunctionFailedException(string function, string kind, OperationCanceledException? calledOff = null)
    : Exception($"{function} failed: {kind}", calledOff);
