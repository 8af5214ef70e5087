using System.Text.Json;
using System.Text.Json.Nodes;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Reduces what a store holds to what the map lets out: mapped fields only, secrets dropped, others' data replaced by
/// the marker, in the map's order. What is not mapped is left out and named.
/// </summary>
internal static class FieldFilter
{
    public static (IReadOnlyDictionary<string, JsonElement> Values, IReadOnlyList<string> Unmapped) Apply(
        IReadOnlyCollection<Field> fields, IReadOnlyDictionary<string, JsonElement> stored)
    {
        var unmapped = new SortedSet<string>(StringComparer.Ordinal);
        var values = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in Mapped(fields, stored, path: "", unmapped))
            values.Add(name, JsonSerializer.SerializeToElement(value));
        return (values, [.. unmapped]);
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Mapped(
        IReadOnlyCollection<Field> fields, IReadOnlyDictionary<string, JsonElement> stored, string path, ISet<string> unmapped)
    {
        unmapped.UnionWith(stored.Keys.Where(name => fields.All(field => field.Name != name)).Select(name => path + name));
        foreach (var field in fields.Where(field => field is { NotExported: null, IsFile: false }))
        {
            if (!stored.TryGetValue(field.Name, out var value))
                continue;
            yield return new(
                field.Name, field.OfOthers ? Redaction.Marker : Inside(field, value, $"{path}{field.Name}.", unmapped));
        }
    }

    /// <summary>Objects within a value go through the map as well; one that the map does not know is left out.</summary>
    private static JsonNode? Inside(Field field, JsonElement value, string path, ISet<string> unmapped)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(item => Inside(field, item, path, unmapped))]);
            case JsonValueKind.Object:
                var properties = value.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
                return new JsonObject(Mapped(field.Fields, properties, path, unmapped));
            default:
                return JsonValue.Create(value);
        }
    }
}
