using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Callers.OpenApi;

/// <summary>Holds what the app answers to docs/openapi.json, wherever a test calls it.</summary>
internal static class ApiAnswers
{
    private static readonly Lazy<JsonNode> Document = new(() => JsonNode.Parse(RepositoryFiles.Read("docs/openapi.json"))!);
    private static readonly ConcurrentDictionary<string, JsonSchema?> Schemas = new(StringComparer.Ordinal);

    /// <summary>Fails where an answer is not as the document says. What is not well, or takes no key, is not looked at.</summary>
    /// <param name="method">How it was called.</param>
    /// <param name="path">Where.</param>
    /// <param name="status">What came back.</param>
    /// <param name="body">The answer.</param>
    public static void Check(HttpMethod method, string path, HttpStatusCode status, JsonElement body)
    {
        if ((int)status is < 200 or >= 300 || RouteOf(path) is not { } route) return;
        var key = string.Create(CultureInfo.InvariantCulture, $"{method.Method.ToLowerInvariant()} {route} {(int)status}");
        var schema = Schemas.GetOrAdd(key, _ => SchemaOf(route, method, status));
        Assert.True(schema is not null, $"docs/openapi.json says nothing of {key}.");
        var found = schema.Evaluate(body, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(found.IsValid, $"{key}: {string.Join("; ", found.Details!.Where(detail => detail.Errors is not null).Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}"))}");
    }

    private static string? RouteOf(string path) => Document.Value["paths"]!.AsObject().Select(route => route.Key)
        .Where(route => Regex.IsMatch($"/{path.Split('?')[0]}", $"^{Regex.Replace(route, @"\{\w+\}", "[^/]+")}$"))
        .OrderBy(route => route.Count(letter => letter == '{')).FirstOrDefault();

    private static JsonSchema? SchemaOf(string route, HttpMethod method, HttpStatusCode status) =>
        Document.Value["paths"]![route]![method.Method.ToLowerInvariant()]?["responses"]?[((int)status).ToString(CultureInfo.InvariantCulture)]?["content"]?["application/json"]?["schema"] is { } schema
            ? JsonSchema.FromText(schema.ToJsonString())
            : null;
}
