namespace PrivacyFunctions.Clock.Model;

/// <summary>How long something may take. The day on which it begins does not count.</summary>
public abstract record Period
{
    private Period()
    {
    }

    /// <summary>Calendar months: the same date, or the month's last day if there is no such date.</summary>
    public sealed record Months(int Number) : Period;

    /// <summary>Calendar days.</summary>
    public sealed record Days(int Number) : Period;

    /// <summary>Working days of the rule's calendar.</summary>
    public sealed record WorkingDays(int Number) : Period;
}

/// <summary>A period that a law sets, and what becomes of a last day that is no working day.</summary>
/// <param name="Id">Of the rule in docs/legal-clock.md.</param>
/// <param name="Period">How long.</param>
/// <param name="Calendar">By which a last day moves to the next working day, or working days are counted; null if it does not move.</param>
public sealed record StatutoryRule(string Id, Period Period, Func<Calendars, HolidayCalendar>? Calendar = null)
{
    /// <summary>The last day, with how it came about.</summary>
    /// <param name="from">The local date on which the period begins.</param>
    /// <param name="calendars">The calendars.</param>
    /// <param name="stopped">How many days the clock stood still meanwhile.</param>
    public DueDate Ends(DateOnly from, Calendars calendars, int stopped = 0)
    {
        var calendar = Calendar?.Invoke(calendars);
        var (last, span) = Period switch
        {
            Period.Months months => (from.AddMonths(months.Number), Count(months.Number, "month")),
            Period.Days days => (from.AddDays(days.Number), Count(days.Number, "day")),
            Period.WorkingDays days => (calendar!.WorkingDaysAfter(from, days.Number), Count(days.Number, "working day")),
            _ => throw new InvalidOperationException("There is no such period."),
        };
        var regular = last;
        last = last.AddDays(stopped);
        var due = calendar?.WorkingDayOnOrAfter(last) ?? last;
        var trace = $"{Id}: received {from:yyyy-MM-dd} + {span} = {regular:yyyy-MM-dd}";
        if (Period is Period.Months && regular.Day != from.Day) trace += " (the month's last day)";
        if (stopped > 0) trace += $" + {Count(stopped, "day")} in which we waited for the person = {last:yyyy-MM-dd}";
        if (due != last) trace += $"; no working day ({calendar!.Name}), so {due:yyyy-MM-dd}";
        return new(due, Target(last), trace);
    }

    // What does not move is worked towards a day earlier: the last day may well be a Sunday.
    private DateOnly Target(DateOnly last) => Calendar is null ? last.AddDays(-1) : last;

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
