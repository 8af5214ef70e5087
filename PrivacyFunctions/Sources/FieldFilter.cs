using System.Collections.Immutable;
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
    private static readonly JsonElement Withheld = JsonSerializer.SerializeToElement(Redaction.Marker);

    public static (Dictionary<string, JsonElement> Values, IReadOnlyList<string> Unmapped) Apply(
        DataSet set, Dictionary<string, JsonElement> stored)
    {
        var (values, unmapped) = Apply(set.Fields, stored);
        if (set.Role is Role.Processor) AddWhole(values, set.Fields, stored);
        return (values, unmapped);
    }

    public static (Dictionary<string, JsonElement> Values, IReadOnlyList<string> Unmapped) Apply(
        ImmutableArray<Field> fields, Dictionary<string, JsonElement> stored)
    {
        var unmapped = new SortedSet<string>(StringComparer.Ordinal);
        var values = new Dictionary<string, JsonElement>(stored.Count);
        NoteUnmapped(fields, stored, path: "", unmapped);
        foreach (var field in fields)
            if (IsLetOut(field) && stored.TryGetValue(field.Name, out var value))
                values.Add(
                    field.Name,
                    IsWithheld(field, value) ? Withheld
                    : IsPlain(value) ? value
                    : JsonSerializer.SerializeToElement(Inside(field, value, $"{field.Name}.", unmapped)));
        return (values, unmapped.Count == 0 ? [] : [.. unmapped]);
    }

    // An empty text names nobody: it is what is left of a name that was taken out.
    private static bool IsWithheld(Field field, JsonElement value) =>
        field.OfOthers && !(value.ValueKind is JsonValueKind.String && value.ValueEquals(""));

    /// <summary>
    /// Service data is our customer's own, and what the purge destroys they get before: each value as it is stored, whether the map
    /// knows it or not, and whomever it is about. Secrets of ours stay with us.
    /// </summary>
    private static void AddWhole(
        Dictionary<string, JsonElement> values, ImmutableArray<Field> fields, Dictionary<string, JsonElement> stored)
    {
        List<string>? others = null;
        foreach (var (name, value) in stored)
            if (values.ContainsKey(name)) values[name] = Whole(value, Find(fields, name)?.Fields ?? []);
            else if (Find(fields, name)?.NotExported is null) (others ??= []).Add(name);
        others?.Sort(StringComparer.Ordinal);
        foreach (var name in others ?? []) values[name] = Whole(stored[name], Find(fields, name)?.Fields ?? []);
    }

    private static JsonElement Whole(JsonElement value, ImmutableArray<Field> fields)
    {
        if (fields.IsEmpty) return value;
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

    private static bool IsLetOut(Field field) => field is { NotExported: null, IsFile: false };

    private static bool IsPlain(JsonElement value) => value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object);

    private static Field? Find(ImmutableArray<Field> fields, string name)
    {
        foreach (var field in fields)
            if (field.Name == name)
                return field;
        return null;
    }

    private static void NoteUnmapped(
        ImmutableArray<Field> fields, Dictionary<string, JsonElement> stored, string path, SortedSet<string> unmapped)
    {
        foreach (var name in stored.Keys)
            if (Find(fields, name) is null) unmapped.Add(path + name);
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Mapped(
        ImmutableArray<Field> fields, Dictionary<string, JsonElement> stored, string path, SortedSet<string> unmapped)
    {
        NoteUnmapped(fields, stored, path, unmapped);
        foreach (var field in fields.Where(IsLetOut))
            if (stored.TryGetValue(field.Name, out var value))
                yield return new(
                    field.Name, IsWithheld(field, value) ? Redaction.Marker : Inside(field, value, $"{path}{field.Name}.", unmapped));
    }

    /// <summary>Objects within a value go through the map as well; one that the map does not know is left out.</summary>
    private static JsonNode? Inside(Field field, JsonElement value, string path, SortedSet<string> unmapped)
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
