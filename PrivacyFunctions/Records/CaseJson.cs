using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>How cases and their facts are written as text: like all records, with the states and facts of the registered kinds.</summary>
internal sealed class CaseJson
{
    private readonly FrozenDictionary<CaseKind, Type> _states;

    /// <exception cref="ArgumentException">Two kinds have one name, or two facts; or something is registered that is no state or no
    /// fact.</exception>
    public CaseJson(IEnumerable<CaseShape> shapes)
    {
        var all = shapes.ToList();
        _states = all.ToDictionary(shape => shape.Kind, shape => shape.State).ToFrozenDictionary();
        foreach (var wrong in all.Where(shape => !shape.State.IsAssignableTo(typeof(Case)))) throw new ArgumentException($"{wrong.State} is no case.");
        var facts = all.Select(shape => shape.Facts).OfType<Type>().Prepend(typeof(CaseFact)).Distinct()
            .SelectMany(owner => owner.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic))
            .Where(nested => nested.IsAssignableTo(typeof(CaseFact)))
            .ToDictionary(fact => fact.GetCustomAttribute<FactNameAttribute>()?.Name ?? throw new ArgumentException($"{fact} has no name."));
        Options = new(RecordJson.Options)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { info => Name(info, facts) } },
        };
    }

    /// <summary>For whatever has a fact in it.</summary>
    public JsonSerializerOptions Options { get; }

    /// <summary>Writes a case's state, or an audit entry.</summary>
    public string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else, or a fact of a kind that is not registered.</exception>
    public T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("A record is empty.");

    /// <summary>Reads the state of a case.</summary>
    /// <param name="kind">What the record says about its kind.</param>
    /// <param name="state">The state, as it was written.</param>
    /// <exception cref="JsonException">It is of a kind that is not registered, or something else.</exception>
    public Case ReadState(string kind, string state) =>
        CaseKind.TryParse(kind, out var parsed) && _states.TryGetValue(parsed, out var type)
            ? (Case?)JsonSerializer.Deserialize(state, type, Options) ?? throw new JsonException("A case's record is empty.")
            : throw new JsonException("A case's record is of a kind that this version does not know.");

    private static void Name(JsonTypeInfo info, Dictionary<string, Type> facts)
    {
        if (info.Type != typeof(CaseFact)) return;
        info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "fact" };
        foreach (var (name, type) in facts) info.PolymorphismOptions.DerivedTypes.Add(new(type, name));
    }
}
