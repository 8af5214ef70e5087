using System.Globalization;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>Reads the instant from which an item's retention counts, as a store holds it.</summary>
internal static class Anchor
{
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
}
