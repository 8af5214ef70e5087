using System.Text.Json.Nodes;

namespace PrivacyFunctions.Tests.Support;

/// <summary>The shipped map and schema, as they lie beside the program; the map as JSON, to be broken by tests.</summary>
internal static class MapFile
{
    public static string Json { get; } = Read("datamap.json");

    public static JsonObject Schema => JsonNode.Parse(Read("datamap.schema.json"))!.AsObject();

    public static JsonObject Parse() => JsonNode.Parse(Json)!.AsObject();

    public static JsonObject Set(this JsonObject map, string id) => map["systems"]!.AsArray()
        .SelectMany(system => system!["dataSets"]!.AsArray())
        .Single(set => set!["id"]!.GetValue<string>() == id)!.AsObject();

    public static JsonObject Recipient(this JsonObject map, string id) =>
        map["recipients"]!.AsArray().Single(recipient => recipient!["id"]!.GetValue<string>() == id)!.AsObject();

    public static JsonObject Field(this JsonObject set, string name) =>
        set["fields"]!.AsArray().Single(field => field!["name"]!.GetValue<string>() == name)!.AsObject();

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "DataMap", name));
}
