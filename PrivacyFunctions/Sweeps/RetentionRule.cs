using NodaTime;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Sweeps;

/// <summary>Where a record stands on a day.</summary>
internal enum Age
{
    /// <summary>Its time is over.</summary>
    Past,

    /// <summary>Its time runs.</summary>
    NotYet,

    /// <summary>What its time is counted from has not happened, or was taken back.</summary>
    NoDate,

    /// <summary>It says something where a date belongs that is none.</summary>
    Unreadable,
}

/// <summary>
/// Whether a record is past its end, by what the data map says and the record holds (K-SCHEDULE). Days are UTC, as the map's
/// periods are. Nothing is past its end by a guess. Pure.
/// </summary>
internal static class RetentionRule
{
    /// <summary>Where a record stands.</summary>
    /// <param name="rule">What the map says of its data set.</param>
    /// <param name="anchor">What the record holds as the event that the period follows.</param>
    /// <param name="later">What it holds as the event that takes that one back when it is later.</param>
    /// <param name="day">The day, UTC.</param>
    public static Age AgeOf(Retention.After rule, object? anchor, object? later, DateOnly day)
    {
        if (!Anchor.TryRead(anchor, out var read) || !Anchor.TryRead(later, out var newer)) return Age.Unreadable;
        if (read is not { } from || newer > from) return Age.NoDate;
        return DateOnly.FromDateTime(from.UtcDateTime) <= day && LastDay(rule.Period, from) < day ? Age.Past : Age.NotYet;
    }

    /// <summary>
    /// The last day on which the record may be there, the whole of it: the period's calendar units after the event, clamped to the
    /// last day of a shorter month.
    /// </summary>
    public static DateOnly LastDay(Period period, DateTimeOffset from) =>
        (LocalDateTime.FromDateTime(from.UtcDateTime) + period).Date.ToDateOnly();
}
