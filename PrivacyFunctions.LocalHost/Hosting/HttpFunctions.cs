using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using PrivacyFunctions.LocalHost.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>Serves the app's HTTP functions as the Functions host does: routes and keys here, the answer from the worker.</summary>
internal sealed class HttpFunctions(IReadOnlyList<WorkerFunction> functions, HttpForwarding forwarding, FunctionKeys keys)
{
    /// <summary>Routes are matched in the order of the functions' names; the local host's own endpoints come first.</summary>
    private const int FirstOrder = 1000;

    /// <summary>Maps every HTTP function below the prefix.</summary>
    /// <exception cref="FunctionStartupException">A route that cannot be served below this prefix; every one is named.</exception>
    public void Map(IEndpointRouteBuilder endpoints, string routePrefix)
    {
        var order = FirstOrder;
        var errors = new List<string>();
        foreach (var function in functions)
        {
            if (function.Trigger is not FunctionTrigger.Http http) continue;
            try
            {
                endpoints.Map(Pattern(function.Name, routePrefix, http.Route), context => AnswerAsync(function, http, context))
                    .WithMetadata(new TriggerMethods(http.Methods))
                    .WithDisplayName(function.Name)
                    .WithOrder(order++);
            }
            catch (FunctionStartupException refused)
            {
                errors.Add(refused.Message);
            }
        }

        if (errors.Count > 0) throw new FunctionStartupException(string.Join(Environment.NewLine, errors));
    }

    private static RoutePattern Pattern(string function, string prefix, string route)
    {
        try
        {
            return RoutePatternFactory.Parse(prefix.Length == 0 ? route : $"{prefix}/{route}");
        }
        catch (RoutePatternException malformed)
        {
            throw FunctionStartupException.Of(
                function, $"the route \"{route}\" cannot be read: {malformed.Message.TrimEnd('.')}");
        }
    }

    private Task AnswerAsync(WorkerFunction function, FunctionTrigger.Http trigger, HttpContext http)
    {
        if (keys.Admits(http.Request, trigger.Level)) return forwarding.ForwardAsync(function, http);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
