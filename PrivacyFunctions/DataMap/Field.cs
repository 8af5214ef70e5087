using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>One property of a table row or JSON document, or the files of a blob set.</summary>
/// <param name="Name">As stored; case-sensitive.</param>
/// <param name="NotExported">Why no answer ever contains it (a secret); null when answers do.</param>
/// <param name="OfOthers">
/// About somebody else: an access answer says that it exists and withholds it (Art. 15(4)), and it is not portable (Art. 20(4)).
/// </param>
/// <param name="IsFile">It stands for the files of a blob set, not for a property.</param>
/// <param name="Fields">The mapped properties of the object, or of the objects in the list, that it holds; else empty.</param>
internal sealed record Field(
    string Name,
    string Title,
    FieldCategory Category,
    FieldSource From,
    string? NotExported,
    bool OfOthers,
    bool IsFile,
    ImmutableArray<Field> Fields)
{
    /// <summary>Whether its person can take it out, and everything else goes on (clause R-DECLINE).</summary>
    public bool IsOptional { get; init; }

    /// <summary>The only values that people can enter, with the words in which they read them; empty where they can enter any.</summary>
    public ImmutableArray<FieldValue> Values { get; init; } = [];

    /// <summary>Whether it is a country, by its code of ISO 3166-1 alpha-2: people can enter no other value.</summary>
    public bool IsCountry { get; init; }

    /// <summary>Why a person cannot correct it by our form, and how they can; null where the form takes it.</summary>
    public string? NotCorrected { get; init; }
}

/// <summary>A value that a field can have.</summary>
/// <param name="Value">As stored; case-sensitive.</param>
/// <param name="Title">The words in which people read it.</param>
internal sealed record FieldValue(string Value, string Title);

/// <summary>The categories of personal data of Art. 15(1)(b), as a person would name them.</summary>
internal enum FieldCategory
{
    Identity,
    Contact,
    Account,
    Preference,
    Usage,
    Payment,
    Communication,
    Content,

    /// <summary>Passwords, answers and tokens: whoever holds one can act as the person, so it is never exported.</summary>
    Secret,
}

/// <summary>Who made the value: portability (Art. 20) takes provided and observed ones, never inferred ones.</summary>
internal enum FieldSource
{
    Provided,
    Observed,
    Inferred,
}
