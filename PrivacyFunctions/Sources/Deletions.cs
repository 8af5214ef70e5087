using System.Diagnostics.Metrics;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Counts what is deleted or anonymised, for whoever watches the app: a monitor in the cloud, the time machine's timeline on
/// a laptop. Names of data sets and numbers only; the evidence itself is in the records.
/// </summary>
internal static class Deletions
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "PrivacyFunctions";

    /// <summary>The counter's name. Its tags: <see cref="What"/>.</summary>
    public const string CounterName = "privacyfunctions.deletions";

    /// <summary>The tag that says what was deleted: a data set's id, "backup" or "export".</summary>
    public const string What = "what";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Counter = Meter.CreateCounter<long>(CounterName);

    /// <summary>Counts items of one kind that were destroyed just now; none is not counted.</summary>
    public static void Count(string what, long items)
    {
        if (items > 0) Counter.Add(items, new KeyValuePair<string, object?>(What, what));
    }
}
