using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Web;

/// <summary>The front page.</summary>
internal static class ShowPrivacyCentre
{
    // The root needs a route that is empty without being "/", which breaks the host.
    [Function(nameof(ShowPrivacyCentre))]
    [ForEverybody]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request) =>
        new RazorComponentResult<PrivacyCentre>(new Dictionary<string, object?> { [nameof(PrivacyCentre.HasSignal)] = request.HasGpcSignal() });
}
