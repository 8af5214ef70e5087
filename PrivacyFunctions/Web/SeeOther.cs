using Microsoft.AspNetCore.Http;

namespace PrivacyFunctions.Web;

/// <summary>303: the browser goes on with a GET, so that reloading the page sends nothing again.</summary>
internal sealed class SeeOther(string path) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
