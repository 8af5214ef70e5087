
namespace PrivacyFunctions.Cases.Model;

/// <summary>What is to be said of a case's due date.</summary>
public enum DueNotice
{
    /// <summary>Nothing: it is far away, nothing is owed, or something else of the case tells.</summary>
    None,

    /// <summary>It is near enough for a reminder.</summary>
    Near,

    /// <summary>It is over, and what is owed is not done.</summary>
    Over,
}

/// <summary>
/// When people are told that a due date comes near, and that it is over (GDPR art. 12(3); L1, L8). Pure; days are local dates of the
/// legal time zone.
/// </summary>
public static class DueNotices
{
    /// <summary>How many days before the due date the first reminder comes; others come 3 days and 1 day before.</summary>
    public const int First = 7;

    private const int Second = 3;
    private const int Last = 1;

    /// <summary>Which of the reminders is due on a day: of several, as after a day that nobody looked, the last.</summary>
    /// <param name="due">The due date.</param>
    /// <param name="today">The day.</param>
    /// <returns>How many days before the due date it belongs; null if none is due yet.</returns>
    public static int? Reminder(DateOnly due, DateOnly today) => (due.DayNumber - today.DayNumber) switch
    {
        <= Last => Last,
        <= Second => Second,
        <= First => First,
        _ => null,
    };

    /// <summary>What is to be said of a case on a day.</summary>
    /// <remarks>
    /// That the plan of an erasure still waits, its own workflow says 7 days and 1 day before and each week after: the reminder in between,
    /// and that it is over, are said as of any case. The end of an account is planned so that its purge has the last seven days, and
    /// escalates itself in their middle: only that it is over is said.
    /// </remarks>
    public static DueNotice Of(Case found, DateOnly today) => Of(found, found.DueOn, today, found.IsToldByItsWorkflow);

    /// <summary>The same of the day on which it would be due if its clock had not been stopped (L4).</summary>
    public static DueNotice WithoutPauses(Case found, DateOnly today) => Of(found, found.DueWithoutPauses, today, isTold: false);

    private static DueNotice Of(Case found, DateOnly? on, DateOnly today, bool isTold) =>
        on is not { } due ? DueNotice.None
        : today > due ? DueNotice.Over
        : !found.EscalatesItself && Reminder(due, today) is { } days && (days == Second || !isTold) ? DueNotice.Near
        : DueNotice.None;
}
