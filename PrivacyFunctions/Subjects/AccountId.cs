using System.Globalization;
using System.Text.Json.Serialization;

namespace PrivacyFunctions.Subjects;

/// <summary>
/// The company's own opaque id of a customer account: letters, digits, '-' and '_', at most 64, so that it can stand in a
/// table key or a blob's name as it is. It names no person.
/// </summary>
[JsonConverter(typeof(AsText<AccountId>))]
public readonly record struct AccountId : ITextId<AccountId>
{
    private const int Longest = 64;
    private const int LongestTyped = 4 * Longest;
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';
    private readonly string? _value;

    private AccountId(string value) => _value = value;

    /// <summary>The id as the company writes it.</summary>
    /// <exception cref="InvalidOperationException">It was never parsed.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This is no account id: it was never parsed.");

    string ITextId<AccountId>.Text => Value;

    /// <summary>Reads an id that somebody entered; never throws.</summary>
    public static bool TryParse(string? text, out AccountId id)
    {
        var safe = text is { Length: > 0 and <= Longest } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        id = safe ? new(text!) : default;
        return safe;
    }

    /// <summary>
    /// Reads a number as people type it: with blanks around it, in any case where the company writes all its numbers in one, with
    /// whatever hyphen or full-width letters a phone's keyboard makes, and with invisible marks that come along when it is copied.
    /// Nothing else is mended: it would be another account's number. Never throws.
    /// </summary>
    /// <param name="text">What was typed.</param>
    /// <param name="letters">How the company writes the letters of its numbers.</param>
    /// <param name="id">The number as the company writes it.</param>
    public static bool TryReadTyped(string? text, AccountLetters letters, out AccountId id)
    {
        id = default;
        if (text is not { Length: <= LongestTyped }) return false;
        var plain = string.Concat(text.Where(c => char.GetUnicodeCategory(c) is not UnicodeCategory.Format).Select(Plain)).Trim();
        return TryParse(
            letters switch
            {
                AccountLetters.Lower => plain.ToLowerInvariant(),
                AccountLetters.Upper => plain.ToUpperInvariant(),
                _ => plain,
            },
            out id);
    }

    /// <summary>Reads an id that this software wrote.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static AccountId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not an account id.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    // The full-width characters are the ASCII ones in the same order.
    private static char Plain(char c) => c switch
    {
        >= FirstFullWidth and <= LastFullWidth => (char)(c - FirstFullWidth + '!'),
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' or '\uFE58' or '\uFE63' => '-',
        _ => c,
    };
}
