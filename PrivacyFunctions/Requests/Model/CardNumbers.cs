using System.Text.RegularExpressions;

namespace PrivacyFunctions.Requests.Model;

/// <summary>
/// Takes the numbers of payment cards out of what somebody wrote: nobody needs them to answer (C-MINIMUM). Pure.
/// </summary>
public static partial class CardNumbers
{
    private const int Shortest = 13;
    private const int Longest = 19;
    private const int Shown = 4;

    // No group on a card has fewer, while a date has: within a longer row of numbers only such groups are taken for a card.
    private const int SmallestGroup = 3;

    /// <summary>The text with an ellipsis and the last four digits in the place of each card number; other numbers stay.</summary>
    public static string Mask(string text) => Row().Replace(text, row => MaskRow(row.Value));

    private static string MaskRow(string row)
    {
        var groups = Group().Matches(row);
        for (var count = groups.Count; count > 0; count--)
            for (var first = 0; first + count <= groups.Count; first++)
            {
                var some = groups.Skip(first).Take(count).ToList();
                if (count < groups.Count && some.Exists(group => group.Length < SmallestGroup)) continue;
                var digits = string.Concat(some.Select(group => group.Value));
                if (digits.Length is < Shortest or > Longest || !IsLuhn(digits)) continue;
                return MaskRow(row[..some[0].Index]) + $"…{digits[^Shown..]}" + MaskRow(row[(some[^1].Index + some[^1].Length)..]);
            }

        return row;
    }

    // Every second digit from the right counts twice, by the sum of its digits; the whole is a multiple of ten.
    private static bool IsLuhn(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            sum += place % 2 == 0 ? digit : (digit * 2 / 10) + (digit * 2 % 10);
        }

        return sum % 10 == 0;
    }

    // Digits in groups, with up to three blanks or dashes between two of them.
    [GeneratedRegex(@"[0-9](?:[ \u00A0\u2009\u202F\-\u2010-\u2015]{0,3}[0-9])+")]
    private static partial Regex Row();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Group();
}
