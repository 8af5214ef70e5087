using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace PrivacyFunctions.Tests.Support;

/// <summary>A schema of ours, which is a proper one of JSON Schema 2020-12, and what is valid by it.</summary>
internal sealed class JsonSchemaCheck
{
    private static readonly EvaluationOptions Options = new() { RequireFormatValidation = true };

    private readonly JsonSchema _schema;

    /// <exception cref="ArgumentException">It is no schema.</exception>
    public JsonSchemaCheck(JsonObject schema)
    {
        if (!MetaSchemas.Draft202012.Evaluate(Element(schema), Options).IsValid) throw new ArgumentException("This is no schema.", nameof(schema));
        _schema = JsonSchema.FromText(schema.ToJsonString());
    }

    public bool IsValid(JsonNode? value) => _schema.Evaluate(Element(value), Options).IsValid;

    private static JsonElement Element(JsonNode? node) => JsonSerializer.SerializeToElement(node);
}
