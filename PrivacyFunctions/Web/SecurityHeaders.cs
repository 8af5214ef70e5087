using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Links;

namespace PrivacyFunctions.Web;

/// <summary>
/// The headers of every answer (C-SECURE, C-COOKIES): nothing is loaded from elsewhere, framed, cached or told to another
/// site. Without a referrer no link's token leaves in a header. A browser that was here once comes by https only, for a year, to
/// whatever is no loopback address.
/// </summary>
internal sealed class SecurityHeaders(IOptions<SiteOptions> site) : IFunctionsWorkerMiddleware
{
    private const string AYear = "max-age=31536000";

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
            if (!site.Value.BaseUrl.IsLoopback) headers.StrictTransportSecurity = AYear; // such a site has no address but https
            headers["X-Robots-Tag"] = http.Request.Path == "/" ? "all" : "noindex";
        }

        return next(context);
    }
}
