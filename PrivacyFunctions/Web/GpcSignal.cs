using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Web;

/// <summary>
/// The signal by which a browser says that its owner does not want data about them sold or shared (Global Privacy Control; R-OBJECT).
/// </summary>
internal static class GpcSignal
{
    private const string Header = "Sec-GPC";

    /// <summary>What we do with the signal.</summary>
    public static IReadOnlyList<string> Words { get; } = TextFolder.English.Paragraphs("requests/signal");

    /// <summary>Whether the browser sends it. What is answered then depends on it, which the answer says.</summary>
    public static bool HasGpcSignal(this HttpRequest request)
    {
        request.HttpContext.Response.Headers.Vary = Header;
        return request.Headers[Header] == "1"; // anything else says nothing
    }
}

/// <summary>Says to browsers and programs that this site heeds the signal.</summary>
internal static class ShowGpcSupport
{
    private const string LastUpdate = "2026-11-30"; // when what is said here changed

    [Function(nameof(ShowGpcSupport))]
    [ForEverybody]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ".well-known/gpc.json")] HttpRequest request) =>
        Results.Json(new { gpc = true, lastUpdate = LastUpdate }, contentType: "application/json");
}
