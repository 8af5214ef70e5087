using System.Net;
using Microsoft.AspNetCore.Http;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>
/// The desk asks for no key, so it answers this machine's own pages and programs only: a page from elsewhere that is open in
/// the same browser can send a request here, and by a name of its own that leads to this machine even read the answer.
/// </summary>
internal static class OwnPagesOnly
{
    /// <summary>403 for a Host that is no loopback address, and for an Origin other than the desk's own.</summary>
    public static async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (IsOwn(http.Request))
        {
            await next(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        await http.Response.WriteAsync("The desk answers this machine's own pages only: open it as http://127.0.0.1 or http://localhost.");
    }

    private static bool IsOwn(HttpRequest request)
    {
        var host = request.Host;
        var isLoopback = string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));
        return isLoopback
            && request.Headers.Origin.All(origin => string.Equals(
                origin, $"{request.Scheme}://{host}", StringComparison.OrdinalIgnoreCase));
    }
}
