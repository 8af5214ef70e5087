namespace PrivacyFunctions.Clock.Model;

/// <summary>The working days of a place (Regulation 1182/71 art. 3). Saturdays and Sundays are never among them.</summary>
/// <param name="name">What a due date's trace calls it.</param>
/// <param name="isHoliday">Whether a day is a public holiday there.</param>
public sealed class HolidayCalendar(string name, Func<DateOnly, bool> isHoliday)
{
    /// <summary>What a due date's trace calls it.</summary>
    public string Name => name;

    /// <summary>Whether offices are open on that day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !isHoliday(day);

    /// <summary>The day itself if it is a working day, else the next that is.</summary>
    public DateOnly WorkingDayOnOrAfter(DateOnly day)
    {
        while (!IsWorkingDay(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>So many working days after a day, which does not count itself.</summary>
    public DateOnly WorkingDaysAfter(DateOnly day, int days)
    {
        for (; days > 0; days--) day = WorkingDayOnOrAfter(day.AddDays(1));
        return day;
    }
}

/// <summary>The calendars that the rules of the legal clock go by.</summary>
/// <param name="Seat">Of the place where the controller is established.</param>
/// <param name="England">Of England and Wales.</param>
/// <param name="UnitedStates">The federal holidays of the United States.</param>
public sealed record Calendars(HolidayCalendar Seat, HolidayCalendar England, HolidayCalendar UnitedStates);
