using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Support;

/// <summary>
/// The keywords of JSON Schema 2020-12 that our schemas use, and no other: an unknown one throws, so that the
/// schema cannot ask for something that is not checked here. (No schema package is on every feed.)
/// </summary>
internal sealed class JsonSchemaCheck(JsonObject schema)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$defs", "title", "description", "format", "then", "else"];

    public bool IsValid(JsonNode? value) => IsValid(schema, value);

    private bool IsValid(JsonNode rule, JsonNode? value) => rule switch
    {
        JsonValue flag => flag.GetValue<bool>(),
        JsonObject keywords => keywords.All(keyword => Annotations.Contains(keyword.Key)
            || Holds(keywords, keyword.Key, keyword.Value!, value)),
        _ => throw new NotSupportedException("A schema is an object or a boolean."),
    };

    private bool Holds(JsonObject rule, string keyword, JsonNode asked, JsonNode? value) => keyword switch
    {
        "$ref" => IsValid(schema["$defs"]![asked.GetValue<string>()["#/$defs/".Length..]]!, value),
        "type" => asked is JsonArray types
            ? types.Any(type => IsOfType(type!.GetValue<string>(), value))
            : IsOfType(asked.GetValue<string>(), value),
        "const" => JsonNode.DeepEquals(asked, value),
        "enum" => asked.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)),
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, asked.GetValue<string>()),
        "minLength" => Text(value) is not { } text || text.Length >= asked.GetValue<int>(),
        "minItems" => value is not JsonArray items || items.Count >= asked.GetValue<int>(),
        "uniqueItems" => value is not JsonArray items
            || items.Select(item => item!.ToJsonString()).Distinct().Count() == items.Count,
        "items" => value is not JsonArray items || items.All(item => IsValid(asked, item)),
        "required" => value is not JsonObject parts || asked.AsArray().All(name => parts.ContainsKey(name!.GetValue<string>())),
        "properties" => value is not JsonObject parts
            || parts.All(part => asked[part.Key] is not { } of || IsValid(of, part.Value)),
        "additionalProperties" => value is not JsonObject parts || parts.All(part => rule["properties"]![part.Key] is not null),
        "oneOf" => asked.AsArray().Count(choice => IsValid(choice!, value)) == 1,
        "not" => !IsValid(asked, value),
        "if" => (IsValid(asked, value) ? rule["then"] : rule["else"]) is not { } next || IsValid(next, value),
        _ => throw new NotSupportedException($"The keyword '{keyword}' is not known to this check."),
    };

    private static bool IsOfType(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "number" => value is JsonValue number && number.GetValueKind() is JsonValueKind.Number,
        "integer" => value is JsonValue number && number.TryGetValue<long>(out _),
        "null" => value is null,
        "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
        _ => throw new NotSupportedException($"The type '{type}' is not known to this check."),
    };

    private static string? Text(JsonNode? value) =>
        value is JsonValue leaf && leaf.TryGetValue<string>(out var text) ? text : null;
}
