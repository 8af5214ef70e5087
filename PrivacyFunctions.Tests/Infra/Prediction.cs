using System.Text.Json.Nodes;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>The resources that a deployment would make, with their values; what only Azure knows stays an expression.</summary>
internal sealed record Prediction(JsonObject Json)
{
    public IEnumerable<JsonObject> Resources => Json["predictedResources"]!.AsArray().Select(one => one!.AsObject());

    public JsonObject App => Of("Microsoft.Web/sites").Single();

    /// <summary>The settings of the app, by name.</summary>
    public IReadOnlyDictionary<string, string> AppSettings => App["properties"]!["siteConfig"]!["appSettings"]!.AsArray()
        .ToDictionary(one => one!["name"]!.GetValue<string>(), one => one!["value"]!.GetValue<string>());

    /// <summary>What makes the names of this deployment unique in Azure.</summary>
    public string Token => Template.Text(Of("Microsoft.KeyVault/vaults").Single()["name"])["kv-".Length..];

    public IEnumerable<JsonObject> Of(string type) => Resources.Where(one => Template.Text(one["type"]) == type);
}
