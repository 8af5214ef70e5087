using System.Text.Json;
using System.Text.Json.Nodes;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Requests.Portability;

/// <summary>
/// What <see cref="PortableJson"/> writes, as a JSON Schema (draft 2020-12): the title of everything in it, who made each value, and as
/// much of its type as the data map knows.
/// </summary>
internal static class PortableSchema
{
    // Of a plain value the map knows no type. An object within one is emptied before it leaves, as nothing says what it holds.
    private const string Plain = "value";

    private static readonly string[] AnyType = ["string", "number", "boolean", "null", "array", "object"];

    public static async Task WriteAsync(
        Stream target, Company company, IEnumerable<DataSet> sets, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(target, PortableJson.Format);
        Of(company, [.. sets]).WriteTo(json);
        await json.FlushAsync(cancellation);
    }

    /// <summary>The schema of a file that holds these sets.</summary>
    /// <param name="company">Whose data sets they are.</param>
    /// <param name="sets">With the fields that are covered.</param>
    public static JsonObject Of(Company company, IReadOnlyList<DataSet> sets)
    {
        var parts = new JsonObject { [Plain] = Within("A text, a number, yes or no, nothing, or a list of these", Plain, []) };
        var dataSets = sets.ToDictionary(set => set.Id.Value, set => OfSet(set, parts));
        var schema = Object("Your data, to take along", new()
        {
            ["reference"] = Text("The reference of your request"),
            ["receivedOn"] = Text("On which day your request came", format: "date"),
            ["receivedAt"] = Text("When it was taken in", format: "date-time"),
            ["controller"] = Text($"Who holds the data: {company.Name}"),
            ["dataSets"] = Object("The data sets that we searched", dataSets),
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema["$defs"] = parts;
        return schema;
    }

    private static JsonObject OfSet(DataSet set, JsonObject parts) => new()
    {
        ["title"] = set.Title,
        ["description"] = $"What we use it for: {set.Purpose}",
        ["type"] = "array",
        ["items"] = Object("A record", new()
        {
            ["record"] = new() { ["title"] = "Its number, the same as in the table", ["type"] = "integer" },
            ["values"] = Object(
                "What it says", OfFields(set.Id.Value, set.Fields.Where(field => !field.IsFile), parts), areAllThere: false),
            ["files"] = new()
            {
                ["title"] = set.Fields.FirstOrDefault(field => field.IsFile)?.Title ?? "Its files",
                ["description"] = "Where they are in this package",
                ["type"] = "array",
                ["items"] = Text("The path of a file"),
            },
        }),
    };

    private static Dictionary<string, JsonObject> OfFields(string path, IEnumerable<Field> fields, JsonObject parts) =>
        fields.ToDictionary(field => field.Name, field => new JsonObject
        {
            ["title"] = field.Title,
            ["description"] = field.From is FieldSource.Provided ? "You gave it to us." : "We recorded it.",
            ["$ref"] = $"#/$defs/{(field.Fields.IsEmpty ? Plain : Define($"{path}.{field.Name}", field, parts))}",
        });

    private static string Define(string path, Field field, JsonObject parts)
    {
        parts[path] = Within($"{field.Title}: one, or a list of them", path, OfFields(path, field.Fields, parts));
        return path;
    }

    // A value, or a list of such values, however deep.
    private static JsonObject Within(string title, string path, Dictionary<string, JsonObject> properties)
    {
        var within = Object(title, properties, areAllThere: false);
        within["type"] = new JsonArray([.. AnyType.Select(type => JsonValue.Create(type))]);
        within["items"] = new JsonObject { ["$ref"] = $"#/$defs/{path}" };
        return within;
    }

    private static JsonObject Text(string title, string? format = null)
    {
        var text = new JsonObject { ["title"] = title, ["type"] = "string" };
        if (format is not null) text["format"] = format;
        return text;
    }

    private static JsonObject Object(string title, Dictionary<string, JsonObject> properties, bool areAllThere = true)
    {
        var all = new JsonObject
        {
            ["title"] = title,
            ["type"] = "object",
            ["properties"] = new JsonObject(
                properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)property.Value))),
            ["additionalProperties"] = false,
        };
        if (areAllThere) all["required"] = new JsonArray([.. properties.Keys.Select(name => JsonValue.Create(name))]);
        return all;
    }
}
