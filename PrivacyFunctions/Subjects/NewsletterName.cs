using System.Text.RegularExpressions;

namespace PrivacyFunctions.Subjects;

/// <summary>
/// The company's name of a newsletter, such as <c>product-news</c>: what a person subscribes to and unsubscribes from. Lower-case
/// letters, digits and inner hyphens, at most 64, so that it can stand in a table key as it is.
/// </summary>
public readonly partial record struct NewsletterName
{
    /// <summary>How it must look, for whoever typed it wrong.</summary>
    public const string Rule = "A newsletter's name has lower-case letters, digits and hyphens, as in product-news.";

    private readonly string? _value;

    private NewsletterName(string value) => _value = value;

    /// <summary>The name as the company writes it.</summary>
    /// <exception cref="InvalidOperationException">It was never parsed.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This is no newsletter's name: it was never parsed.");

    /// <summary>Reads a name that somebody entered; never throws.</summary>
    public static bool TryParse(string? text, out NewsletterName name)
    {
        var good = text is not null && Spelling().IsMatch(text);
        name = good ? new(text!) : default;
        return good;
    }

    /// <summary>Reads a name that this software wrote.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static NewsletterName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException("Not a newsletter's name.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Spelling();
}
