using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Callers.OpenApi;

/// <summary>The schema of an answer as our JSON writes it: ids and other values of one word are texts, and what is missing is left out.</summary>
internal static class ApiSchema
{
    private static readonly JsonSerializerOptions Options = new(RecordJson.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), NumberHandling = JsonNumberHandling.Strict, // what we write, not what we would read
    };

    private static readonly JsonSchemaExporterOptions Exporter = new() { TransformSchemaNode = Plainly };

    /// <summary>The schema of a type.</summary>
    public static JsonNode Of(Type type) => Options.GetJsonSchemaAsNode(type, Exporter);

    private static JsonObject Plainly(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = node as JsonObject ?? OfOurConverters(context.TypeInfo);
        if (schema["type"] is JsonArray types && types.Select(type => $"{type}").Where(type => type != "null").ToList() is [var only]) schema["type"] = only;
        if (schema["enum"] is JsonArray codes)
            foreach (var none in codes.Where(code => code is null).ToList()) codes.Remove(none);
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && schema["properties"] is JsonObject properties) Close(context.TypeInfo, schema, properties);
        return context.PropertyInfo?.AttributeProvider is PropertyInfo property && CodeDocumentation.Of(property) is { Length: > 0 } words
            ? Described(schema, words)
            : schema;
    }

    // What has no schema by itself is an id, which is a text, or the marks of a case; or it can be anything.
    private static JsonObject OfOurConverters(JsonTypeInfo type) =>
        type.Type == typeof(AttentionMarks) ? new() { ["type"] = "array", ["items"] = Of(typeof(AttentionMark)) }
        : type.Converter.GetType() is { IsGenericType: true } converter && converter.GetGenericTypeDefinition() == typeof(AsText<>) ? new() { ["type"] = "string" }
        : [];

    private static void Close(JsonTypeInfo type, JsonObject schema, JsonObject properties)
    {
        var always = type.Properties.Where(property => properties.ContainsKey(property.Name) && IsAlwaysThere(property)).Select(property => (JsonNode)property.Name).ToArray();
        schema.Remove("required");
        if (always.Length > 0) schema["required"] = new JsonArray(always);
        if (type.Properties.All(property => !property.IsExtensionData)) schema["additionalProperties"] = false;
    }

    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo of && property.ShouldSerialize is null && Nullable.GetUnderlyingType(of.PropertyType) is null
        && (of.PropertyType.IsValueType || new NullabilityInfoContext().Create(of).ReadState == NullabilityState.NotNull);

    private static JsonObject Described(JsonObject schema, string words)
    {
        var described = new JsonObject { ["description"] = words };
        foreach (var (name, value) in schema.ToList())
        {
            schema.Remove(name);
            described[name] = value;
        }

        return described;
    }
}
