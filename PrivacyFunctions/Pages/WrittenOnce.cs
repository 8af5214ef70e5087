using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace PrivacyFunctions.Pages;

/// <summary>
/// An answer goes to whoever asked, and nowhere else. The worker also sends what an HTTP function returned to its host, as
/// JSON: a page's content once more, with the personal data in it. Behind this middleware the host gets an empty object.
/// </summary>
internal sealed class WrittenOnce : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        if (context.GetInvocationResult() is { Value: IResult answer } returned) returned.Value = new Answer(answer);
    }

    /// <summary>Writes what is in it. It has no public members, so its JSON is empty.</summary>
    private sealed class Answer(IResult inner) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => inner.ExecuteAsync(httpContext);
    }
}
