using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// The company's own opaque id of a person, as its directory holds it. It is pseudonymous personal data: it names a
/// person to the company's systems, so <see cref="ToString"/> withholds it.
/// </summary>
internal readonly record struct PersonId
{
    private readonly string? value;

    private PersonId(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("This is no person id: it was never parsed.");

    /// <summary>Letters, digits, '-' and '_': an id that is not safe in a key could reach another person's rows.</summary>
    public static bool TryParse(string? text, out PersonId id)
    {
        var safe = KeyPath.IsSafe(text);
        id = safe ? new PersonId(text!) : default;
        return safe;
    }

    public override string ToString() => "(person id)";
}
