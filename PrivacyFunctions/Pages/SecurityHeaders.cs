using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace PrivacyFunctions.Pages;

/// <summary>
/// The headers of every answer (C-SECURE, C-COOKIES): nothing is loaded from elsewhere, framed, cached or told to another
/// site. Without a referrer no link's token leaves in a header.
/// </summary>
internal sealed class SecurityHeaders : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy =
                "default-src 'none'; style-src 'self'; img-src 'self'; "
                + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";
            headers["X-Robots-Tag"] = http.Request.Path == "/" ? "all" : "noindex";
        }

        return next(context);
    }
}
