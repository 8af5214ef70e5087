using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The HTTP side of an invocation.</summary>
public static class FunctionContextExtensions
{
    private const string HttpContextKey = "HttpRequestContext";

    /// <summary>The request being answered; null when the function was not triggered by HTTP.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context)
        => context.Items.TryGetValue(HttpContextKey, out var value) && value is HttpContext http ? http : null;
}
