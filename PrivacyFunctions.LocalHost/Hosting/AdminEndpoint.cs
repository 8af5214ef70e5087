using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>
/// <c>POST /admin/functions/{name}</c> fires a timer function at once: 202 when it is started, 401 without the master key,
/// 400 without a JSON body, 404 for a name that no timer function has.
/// </summary>
internal sealed class AdminEndpoint(TimerFunctions timers, FunctionKeys keys)
{
    /// <summary>Maps the endpoint before all functions, whatever the route prefix is.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
        => endpoints.Map("/admin/functions/{name}", async (string name, HttpRequest request) => await FireAsync(name, request))
            .WithMetadata(new TriggerMethods([HttpMethods.Post]))
            .WithOrder(-1);

    private async Task<Results<Accepted, NotFound, BadRequest, UnauthorizedHttpResult>> FireAsync(
        string name, HttpRequest request)
    {
        if (!keys.Admits(request, AccessLevel.Admin))
            return TypedResults.Unauthorized();
        if (!await HasJsonObjectAsync(request))
            return TypedResults.BadRequest();
        return timers.TryFireNow(name) ? TypedResults.Accepted((string?)null) : TypedResults.NotFound();
    }

    private static async Task<bool> HasJsonObjectAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            return false;
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            return body.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
