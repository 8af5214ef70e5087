namespace PrivacyFunctions.Requests.Model;

/// <summary>On which days what an operator enters can have been received. Pure; days are local dates of the legal time zone.</summary>
public static class EnteredDay
{
    /// <summary>
    /// What is wrong with a day; null if it can be. A year and more ago it cannot: who writes the number of last year by mistake makes a
    /// request of some days into one that has been overdue for eleven months, and each such slip is found so.
    /// </summary>
    /// <param name="receivedOn">The day.</param>
    /// <param name="today">The day on which it is entered.</param>
    public static DayMistake? WhyNot(DateOnly receivedOn, DateOnly today) =>
        receivedOn > today ? DayMistake.NotYet
        : receivedOn <= today.AddYears(-1) ? DayMistake.LongAgo
        : null;
}

/// <summary>What can be wrong with a day of receipt.</summary>
public enum DayMistake
{
    /// <summary>It has not come yet.</summary>
    NotYet,

    /// <summary>It is a year ago or more.</summary>
    LongAgo,
}
