using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Web;

/// <summary>Serves the embedded files.</summary>
internal static class ServeAsset
{
    [Function(nameof(ServeAsset))]
    [ForEverybody]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{hash}/{name}")] HttpRequest request,
        string hash, string name)
    {
        if (!SiteAssets.ByPath.TryGetValue($"/assets/{hash}/{name}", out var asset)) return Results.NotFound();
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.ContentType);
    }
}
