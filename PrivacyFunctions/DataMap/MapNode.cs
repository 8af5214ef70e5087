using System.Text.Json;

namespace PrivacyFunctions.DataMap;

/// <summary>
/// Reads one object of the map's JSON and notes what is wrong instead of stopping at the first fault, so that whoever
/// edits the map sees all of its problems at once. What is missing or wrong reads as blank; a map with a problem is
/// never used, so the blank is never seen.
/// </summary>
internal sealed class MapNode
{
    private readonly JsonElement element;
    private readonly List<string>? problems;
    private readonly HashSet<string> asked = ["$schema"];

    /// <param name="where">Named in every problem, as in <c>data set 'payments'</c>.</param>
    /// <param name="problems">Null for a node that is itself missing: that was reported, its content need not be.</param>
    public MapNode(JsonElement element, string where, List<string>? problems)
    {
        var isObject = element.ValueKind is JsonValueKind.Object;
        (this.element, Where, this.problems) = (isObject ? element : default, where, isObject ? problems : null);
        if (!isObject)
            problems?.Add($"{where}: must be an object");
    }

    public string Where { get; private set; }

    public void Rename(string where) => Where = where;

    /// <summary>Whether anything was noted anywhere in the map, not only in this node.</summary>
    public bool HasProblems => problems is { Count: > 0 };

    public void Problem(string what) => problems?.Add($"{Where}: {what}");

    /// <summary>Reports the properties that nobody asked for: a misspelt one must not be overlooked.</summary>
    public void ReportUnknown()
    {
        if (element.ValueKind is not JsonValueKind.Object)
            return;
        foreach (var property in element.EnumerateObject().Where(property => !asked.Contains(property.Name)))
            Problem($"'{property.Name}' is unknown");
    }

    public bool Has(string name) => TryGet(name, out _);

    /// <param name="why">What the missing text is needed for, told with the problem.</param>
    public string Text(string name, string? why = null)
    {
        if (!Has(name))
            Problem($"'{name}' is missing{Because(why)}");
        return OptionalText(name) ?? "";
    }

    public string? OptionalText(string name)
    {
        if (!TryGet(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
            return value.GetString();
        Problem($"'{name}' must be a text that is not empty");
        return null;
    }

    public bool IsText(string name, string text) =>
        TryGet(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() == text;

    public bool Flag(string name)
    {
        if (!TryGet(name, out var value))
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Problem($"'{name}' must be true or false");
        return value.ValueKind is JsonValueKind.True;
    }

    public int Number(string name)
    {
        if (TryGet(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number))
            return number;
        Problem($"'{name}' must be a whole number");
        return 0;
    }

    /// <summary>One of the enum's names as the map spells them: first letter lower case.</summary>
    public T Choice<T>(string name, string? why = null) where T : struct, Enum =>
        Choice(name, Enum.GetValues<T>().ToDictionary(value => MapSpelling.Of(value)), why);

    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices, string? why = null)
    {
        var text = Text(name, why);
        if (choices.TryGetValue(text, out var value))
            return value;
        if (text.Length > 0)
            Problem($"'{name}' is '{text}', which is none of {string.Join(", ", choices.Keys)}{Because(why)}");
        return choices.Values.First();
    }

    public MapNode Child(string name, string why)
    {
        if (TryGet(name, out var value))
            return new MapNode(value, $"{Where}, {name}", problems);
        Problem($"'{name}' is missing{Because(why)}");
        return new MapNode(default, Where, null);
    }

    public MapNode? OptionalChild(string name) => Has(name) ? Child(name, "") : null;

    public IEnumerable<MapNode> Children(string name) =>
        Items(name).Select((item, index) => new MapNode(item, $"{Where}, {name}[{index}]", problems));

    public IEnumerable<string> Texts(string name)
    {
        foreach (var item in Items(name))
            if (item.ValueKind is JsonValueKind.String)
                yield return item.GetString()!;
            else
                Problem($"'{name}' must be a list of texts");
    }

    private List<JsonElement> Items(string name)
    {
        if (!TryGet(name, out var value))
            return [];
        if (value.ValueKind is JsonValueKind.Array)
            return [.. value.EnumerateArray()];
        Problem($"'{name}' must be a list");
        return [];
    }

    private bool TryGet(string name, out JsonElement value)
    {
        asked.Add(name);
        value = default;
        return element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out value);
    }

    private static string Because(string? why) => string.IsNullOrEmpty(why) ? "" : $" ({why})";
}
