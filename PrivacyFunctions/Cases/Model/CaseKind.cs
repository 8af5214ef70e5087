using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Cases.Model;

/// <summary>
/// What a case is about: one lower-case word, such as <c>access</c>. The capability that registers the kind owns the word, and it never
/// changes once it is published: records, references and the instances of workflows have it.
/// </summary>
[JsonConverter(typeof(AsText<CaseKind>))]
public readonly partial record struct CaseKind : ITextId<CaseKind>
{
    private readonly string? _name;

    private CaseKind(string name) => _name = name;

    /// <summary>The word.</summary>
    /// <exception cref="InvalidOperationException">It was never set.</exception>
    public string Name => _name ?? throw new InvalidOperationException("This kind of case was never set.");

    string ITextId<CaseKind>.Text => Name;

    /// <summary>The kind of that name.</summary>
    /// <exception cref="FormatException">It is not one word of at most 32 letters from a to z.</exception>
    public static CaseKind Of(string name) =>
        Word().IsMatch(name) ? new(name) : throw new FormatException("A kind of case is one word of at most 32 letters from a to z.");

    /// <summary>Reads a kind as it stands in a record or an address; capital letters are taken too.</summary>
    public static bool TryParse(string? text, out CaseKind kind)
    {
        var word = text?.ToLowerInvariant();
        var found = word is not null && Word().IsMatch(word);
        kind = found ? new(word!) : default;
        return found;
    }

    /// <summary>The word with a capital letter, as it stands in the columns of our tables.</summary>
    public override string ToString() => char.ToUpperInvariant(Name[0]) + Name[1..];

    [GeneratedRegex(@"\A[a-z]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
