using System.Globalization;

namespace PrivacyFunctions.LocalHost.Time;

/// <summary>Instants as people write them.</summary>
internal static class UtcInstant
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a date (its midnight) or an instant, in UTC unless the instant names its offset;
    /// null for anything else.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : null;
}
