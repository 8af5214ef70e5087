using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>The methods that an endpoint serves, in upper case; empty serves all.</summary>
internal sealed record TriggerMethods(IReadOnlyList<string> Methods);

/// <summary>
/// Takes a route out of the choice when its trigger does not list the request's method. So another function of the same
/// route is found, or the answer is 404; ASP.NET Core's own rule would say 405.
/// </summary>
internal sealed class TriggerMethodPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <inheritdoc/>
    public override int Order => -1000;

    /// <inheritdoc/>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
        => endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<TriggerMethods>() is { Methods.Count: > 0 });

    /// <inheritdoc/>
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i)
                && candidates[i].Endpoint.Metadata.GetMetadata<TriggerMethods>() is { Methods: { Count: > 0 } methods }
                && !methods.Contains(httpContext.Request.Method, StringComparer.OrdinalIgnoreCase))
                candidates.SetValidity(i, false);
        }

        return Task.CompletedTask;
    }
}
