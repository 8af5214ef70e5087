using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.Callers;

/// <summary>Describes all that takes a key, as an OpenAPI document (docs/openapi.json).</summary>
internal sealed class ShowApi
{
    /// <summary>The name of the document within the program.</summary>
    public const string Document = "openapi.json";

    [Function(nameof(ShowApi))]
    [ForRoles(CallerRole.Messages | CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request) =>
        Results.Stream(typeof(ShowApi).Assembly.GetManifestResourceStream(Document)!, "application/json");
}
