using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Requests.Model;

/// <summary>
/// Takes the numbers of payment cards out of what somebody wrote: nobody needs them to answer (C-MINIMUM). A number is one if a card scheme
/// gives out numbers that begin like it and are as long, and its check digit is right. Pure; a text is gone through once.
/// </summary>
public static partial class CardNumbers
{
    private const int Longest = 19;
    private const int Shown = 4;

    // No group on a card has fewer digits, while a date has.
    private const int SmallestGroup = 3;

    // From the first six digits on, and how long the whole is.
    private static readonly (int From, int To, int Shortest, int Longest)[] Schemes =
    {
        (220000, 220499, 16, 19), (222100, 272099, 16, 16), (300000, 305999, 14, 14), (309500, 309599, 14, 14), (340000, 349999, 15, 15),
        (352800, 358999, 16, 19), (360000, 369999, 14, 14), (360000, 369999, 16, 19), (370000, 379999, 15, 15), (380000, 399999, 14, 14),
        (400000, 499999, 13, 13), (400000, 499999, 16, 16), (400000, 499999, 19, 19),
        (500000, 509999, 16, 19), (510000, 559999, 16, 16), (560000, 699999, 16, 19), (810000, 819999, 16, 19), (979200, 979299, 16, 16),
    };

    /// <summary>The text with an ellipsis and the last four digits in the place of each card number; other numbers stay.</summary>
    public static string Mask(string text)
    {
        var groups = Group().Matches(text);
        var (masked, done) = (new StringBuilder(text.Length), 0);
        for (var first = 0; first < groups.Count; first++)
            if (CardAt(text, groups, first) is { } card)
            {
                masked.Append(text, done, groups[first].Index - done).Append('…').Append(card.Digits[^Shown..]);
                done = groups[card.Last].Index + groups[card.Last].Length;
                first = card.Last;
            }

        return masked.Append(text, done, text.Length - done).ToString();
    }

    // The longest one that begins with that group.
    private static (int Last, string Digits)? CardAt(string text, MatchCollection groups, int first)
    {
        (int, string)? found = null;
        var digits = "";
        for (var last = first; last < groups.Count && (last == first || (IsOneRow(text, groups[last - 1], groups[last]) && groups[last].Length >= SmallestGroup)); last++)
        {
            if (digits.Length + groups[last].Length > Longest) break;
            digits += Plain(groups[last].Value);
            if (IsCard(digits) && (last == first || groups[first].Length >= SmallestGroup)) found = (last, digits);
        }

        return found;
    }

    private static bool IsOneRow(string text, Match one, Match next) => Between().IsMatch(text[(one.Index + one.Length)..next.Index]);

    private static bool IsCard(string digits) =>
        digits.Length > 12 && int.Parse(digits[..6], CultureInfo.InvariantCulture) is var begins
        && Array.Exists(Schemes, scheme =>
            begins >= scheme.From && begins <= scheme.To && digits.Length >= scheme.Shortest && digits.Length <= scheme.Longest)
        && IsLuhn(digits);

    // Digits of other scripts are digits, too.
    private static string Plain(string group) =>
        string.Concat(group.Select(digit => ((int)char.GetNumericValue(digit)).ToString(CultureInfo.InvariantCulture)));

    // Every second digit from the right counts twice, by the sum of its digits; the whole is a multiple of ten.
    private static bool IsLuhn(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            sum += place % 2 == 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Group();

    // Blanks of any kind, one dash, dot or slash among them, and marks that nobody sees.
    [GeneratedRegex(@"^[\s\p{Cf}]{0,3}[-\u2010-\u2015./]?[\s\p{Cf}]{0,3}$")]
    private static partial Regex Between();
}
