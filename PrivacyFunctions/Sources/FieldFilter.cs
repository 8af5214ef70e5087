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
        DataSet set, IReadOnlyDictionary<string, JsonElement> stored)
    {
        var (values, unmapped) = Apply(set.Fields, stored);
        if (set.Role is Role.Processor) AddWhole(values, set.Fields, stored);
        return (values, unmapped);
    }

    public static (Dictionary<string, JsonElement> Values, IReadOnlyList<string> Unmapped) Apply(
        IReadOnlyCollection<Field> fields, IReadOnlyDictionary<string, JsonElement> stored)
    {
        var unmapped = new SortedSet<string>(StringComparer.Ordinal);
        var values = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in Mapped(fields, stored, path: "", unmapped))
            values.Add(name, JsonSerializer.SerializeToElement(value));
        return (values, [.. unmapped]);
    }

    /// <summary>
    /// Service data is our customer's own, and what the purge destroys they get before: each value as it is stored, whether the map
    /// knows it or not, and whomever it is about. Secrets of ours stay with us.
    /// </summary>
    private static void AddWhole(
        Dictionary<string, JsonElement> values, IReadOnlyCollection<Field> fields, IReadOnlyDictionary<string, JsonElement> stored)
    {
        var secret = fields.Where(field => field.NotExported is not null).Select(field => field.Name).ToHashSet();
        foreach (var (name, value) in stored.OrderBy(property => property.Key, StringComparer.Ordinal))
            if (!secret.Contains(name)) values[name] = Whole(value, fields.FirstOrDefault(field => field.Name == name)?.Fields ?? []);
    }

    private static JsonElement Whole(JsonElement value, IReadOnlyCollection<Field> fields)
    {
        if (fields.Count == 0) return value;
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                return JsonSerializer.SerializeToElement(value.EnumerateArray().Select(item => Whole(item, fields)));
            case JsonValueKind.Object:
                var whole = new Dictionary<string, JsonElement>();
                AddWhole(whole, fields, value.EnumerateObject().ToDictionary(property => property.Name, property => property.Value));
                return JsonSerializer.SerializeToElement(whole);
            default:
                return value;
        }
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
