using NodaTime;

namespace PrivacyFunctions.DataMap;

/// <summary>When the data ends (clause K-SCHEDULE), with a sentence for the person.</summary>
internal abstract record Retention
{
    private Retention(string words) => Words = words;

    public string Words { get; }

    /// <summary>As long as the account lives; it goes with the account's termination.</summary>
    internal sealed record AccountLife(string Words) : Retention(Words);

    /// <summary>A time after an event.</summary>
    /// <param name="Period">Calendar units, in UTC.</param>
    /// <param name="Event">The event in plain words.</param>
    /// <param name="Anchor">The field that holds the event's instant; null when the event is not in the record itself.</param>
    internal sealed record After(Period Period, string Event, string? Anchor, string Words) : Retention(Words)
    {
        /// <summary>
        /// The field that holds a later event that takes the first one back, such as a new subscription; null when there is none.
        /// </summary>
        public string? UnlessLater { get; init; }
    }
}
