using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>Serves the app's HTTP functions as the Functions host does.</summary>
internal sealed class HttpFunctions(
    FunctionCatalog functions, FunctionInvoker invoker, FunctionKeys keys, ILogger<HttpFunctions> logger)
{
    /// <summary>Bytes of a request's body; the platform answers 500 to more.</summary>
    public const long BodyLimit = 30_000_000;

    /// <summary>Routes are matched in the order of the functions' names; the local host's own endpoints come first.</summary>
    private const int FirstOrder = 1000;

    /// <summary>Maps every HTTP function below the prefix.</summary>
    /// <exception cref="FunctionStartupException">A route that cannot be served below this prefix.</exception>
    public void Map(IEndpointRouteBuilder endpoints, string routePrefix)
    {
        var order = FirstOrder;
        foreach (var function in functions.Functions)
        {
            if (function.Trigger is not FunctionTrigger.Http http)
                continue;
            endpoints.Map(Pattern(function.Name, routePrefix, http.Route), context => AnswerAsync(function, http, context))
                .WithMetadata(new TriggerMethods(http.Methods))
                .WithDisplayName(function.Name)
                .WithOrder(order++);
        }
    }

    private static RoutePattern Pattern(string function, string prefix, string route)
    {
        try
        {
            return RoutePatternFactory.Parse(prefix.Length == 0 ? route : $"{prefix}/{route}");
        }
        catch (RoutePatternException malformed)
        {
            throw FunctionReader.Refuse(function, $"its route cannot be served: {malformed.Message.TrimEnd('.')}");
        }
    }

    private async Task AnswerAsync(HostedFunction function, FunctionTrigger.Http trigger, HttpContext http)
    {
        if (!keys.Admits(http.Request, trigger.Level))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (http.Request.ContentLength > BodyLimit)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        try
        {
            // The answer is written after the middlewares, as in the worker. Without a result (a middleware refused) it is
            // what the middleware wrote.
            switch (await invoker.RunHttpAsync(function, http))
            {
                case IResult result:
                    await result.ExecuteAsync(http);
                    break;
                case IActionResult result:
                    await result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
                    break;
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("The client left function {Function} before its answer", function.Name);
        }
        catch (Exception failure)
        {
            logger.LogFailure(function.Name, failure);
            Fail(http);
        }
    }

    /// <summary>500 and no body; an answer already begun can only be cut off.</summary>
    private static void Fail(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }
}
