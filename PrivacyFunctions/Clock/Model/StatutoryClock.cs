namespace PrivacyFunctions.Clock.Model;

/// <summary>
/// When a request must be answered, in local dates of the company's legal time zone. Rules L1, L2 and L7 of the legal
/// clock (GDPR art. 12(3), Regulation 1182/71 art. 3): everybody gets the EU clock, wherever they live (R-EVERYONE).
/// </summary>
public static class StatutoryClock
{
    private const int MonthsToAnswer = 1;
    private const int MonthsWhenExtended = 3;

    /// <summary>One calendar month from receipt, clamped to the month's last day, rolled to the next working day (L1).</summary>
    public static DueDate Answer(DateOnly receivedOn, HolidayCalendar calendar) =>
        MonthsAfterReceipt(receivedOn, MonthsToAnswer, "L1", calendar);

    /// <summary>
    /// Three months from receipt, never "due + 2 months" (L2). Lawful only with a notice that gives reasons and is sent
    /// within the first month; that the caller must hold.
    /// </summary>
    public static DueDate ExtendedAnswer(DateOnly receivedOn, HolidayCalendar calendar) =>
        MonthsAfterReceipt(receivedOn, MonthsWhenExtended, "L2", calendar);

    private static DueDate MonthsAfterReceipt(DateOnly receivedOn, int months, string rule, HolidayCalendar calendar)
    {
        var target = receivedOn.AddMonths(months);
        var due = calendar.WorkingDayOnOrAfter(target);
        var trace = $"{rule}: received {receivedOn:yyyy-MM-dd} + {months} month{(months == 1 ? "" : "s")} = {target:yyyy-MM-dd}";
        if (target.Day != receivedOn.Day) trace += " (the month's last day)";
        if (due != target) trace += $"; no working day ({calendar.Name}), so {due:yyyy-MM-dd}";
        return new(due, target, trace);
    }
}

/// <summary>A due date with the trace of the rules that made it.</summary>
/// <param name="On">The last day on which the answer is in time.</param>
/// <param name="Target">The unrolled date, which operators work towards.</param>
/// <param name="Trace">The rules and dates it came from, for people.</param>
public sealed record DueDate(DateOnly On, DateOnly Target, string Trace);
