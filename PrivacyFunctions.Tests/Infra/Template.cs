using System.Text.Json.Nodes;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>What a Bicep file was compiled to: main.bicep's template, or a module's, which lies within it.</summary>
/// <param name="Name">The name that it is deployed under.</param>
internal sealed record Template(string Name, JsonObject Json)
{
    private const string Deployment = "Microsoft.Resources/deployments";

    public string Hash => Json["metadata"]!["_generator"]!["templateHash"]!.GetValue<string>();

    public IEnumerable<KeyValuePair<string, JsonNode?>> Parameters => Section("parameters");

    public IEnumerable<KeyValuePair<string, JsonNode?>> Outputs => Section("outputs");

    public IEnumerable<KeyValuePair<string, JsonNode?>> Definitions => Section("definitions");

    /// <summary>What it deploys, by symbolic name or, where the compiler dropped it, by number.</summary>
    public IEnumerable<(string Name, JsonObject Json)> Resources => Json["resources"] switch
    {
        JsonObject named => named.Select(one => (one.Key, one.Value!.AsObject())),
        JsonArray numbered => numbered.Select((one, i) => ($"{i}", one!.AsObject())),
        _ => [],
    };

    /// <summary>This one and every template that it deploys, at any depth.</summary>
    public IEnumerable<Template> WithNested() =>
    [
        this,
        .. from resource in Resources
           where IsDeployment(resource.Json)
           from nested in new Template(resource.Name, resource.Json["properties"]!["template"]!.AsObject()).WithNested()
           select nested,
    ];

    /// <summary>Every text of this template with its path, the templates within it left out.</summary>
    public IEnumerable<(string Path, string Text)> Texts() => Texts(Json, "");

    public static bool IsDeployment(JsonObject resource) => Text(resource["type"]) == Deployment;

    public static bool IsSecure(JsonNode? parameter) =>
        Text(parameter?["type"]).StartsWith("secure", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value as it would be written, or nothing.</summary>
    public static string Text(JsonNode? value) => value is JsonValue ? value.ToString() : "";

    private JsonObject Section(string name) => Json[name]?.AsObject() ?? [];

    private static IEnumerable<(string Path, string Text)> Texts(JsonNode? node, string path) => node switch
    {
        JsonObject parent => parent.Where(one => one.Key != "template").SelectMany(one =>
            (IEnumerable<(string, string)>)[(path, one.Key), .. Texts(one.Value, $"{path}/{one.Key}")]),
        JsonArray parent => parent.SelectMany((one, i) => Texts(one, $"{path}/{i}")),
        JsonValue => [(path, node.ToString())],
        _ => [],
    };
}
