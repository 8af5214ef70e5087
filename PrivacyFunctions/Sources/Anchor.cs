using System.Globalization;
using System.Text.RegularExpressions;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>Reads the instant from which an item's retention counts, as a store holds it.</summary>
internal static partial class Anchor
{
    /// <summary>
    /// Reads it without a guess, for whoever destroys by it: a text begins with a date as <c>2026-03-01</c>, and an instant of 1970
    /// or before is what programs write where they know none.
    /// </summary>
    /// <param name="instant">UTC; null for none.</param>
    /// <returns>False when it is something else.</returns>
    public static bool TryRead(object? stored, out DateTimeOffset? instant)
    {
        instant = stored switch
        {
            DateTimeOffset at => at.ToUniversalTime(),
            string text when IsoDate().IsMatch(text) && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var at) => at,
            _ => null,
        };
        return stored is null || instant > DateTimeOffset.UnixEpoch;
    }

    /// <param name="stored">An instant, or a text of ISO 8601 that is UTC where it says nothing; null for none.</param>
    /// <exception cref="InvalidDataException">
    /// It is something else. A guess could keep data beyond its end, or end it early, without anybody seeing why.
    /// </exception>
    public static DateTimeOffset? Read(DataSet set, object? stored) => stored switch
    {
        null => null,
        DateTimeOffset instant => instant.ToUniversalTime(),
        string text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant) => instant,
        _ => throw new InvalidDataException($"An item of the data set '{set.Id}' has no instant in '{set.AnchorField}'."),
    };

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}")]
    private static partial Regex IsoDate();
}
