namespace PrivacyFunctions.Clock.Model;

/// <summary>
/// The public holidays of the controller's establishment (Regulation 1182/71 art. 3): days of the year, and days counted
/// from Easter Sunday. Saturdays and Sundays are never working days.
/// </summary>
/// <param name="Name">What a due date's trace calls it.</param>
/// <param name="Fixed">Holidays that fall on the same day every year.</param>
/// <param name="FromEaster">Holidays as days from (western) Easter Sunday: -2 is Good Friday, 1 Easter Monday.</param>
public sealed record HolidayCalendar(string Name, IReadOnlyList<MonthDay> Fixed, IReadOnlyList<int> FromEaster)
{
    /// <summary>The calendar that the EU rows of docs/legal-clock.md use: 1 January, Good Friday, Easter Monday, 1 May,
    /// 25 and 26 December.</summary>
    public static HolidayCalendar EuropeanSample { get; } =
        new("EU sample", [new(1, 1), new(5, 1), new(12, 25), new(12, 26)], [-2, 1]);

    /// <summary>Whether offices are open on that day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !Fixed.Contains(new(day.Month, day.Day))
        && !FromEaster.Contains(day.DayNumber - EasterSunday(day.Year).DayNumber);

    /// <summary>The day itself if it is a working day, else the next that is.</summary>
    public DateOnly WorkingDayOnOrAfter(DateOnly day)
    {
        while (!IsWorkingDay(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>Easter Sunday of the Gregorian calendar (the anonymous algorithm that Meeus prints), valid from 1583.</summary>
    public static DateOnly EasterSunday(int year)
    {
        var (century, yearOfCentury) = Math.DivRem(year, 100);
        var golden = year % 19;
        var moonShift = (century - (century + 8) / 25 + 1) / 3;
        var epact = (19 * golden + century - century / 4 - moonShift + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7;
        var late = (golden + 11 * epact + 22 * weekday) / 451;
        var (month, day) = Math.DivRem(epact + weekday - 7 * late + 114, 31);
        return new(year, month, day + 1);
    }
}

/// <summary>A day of every year.</summary>
public readonly record struct MonthDay(int Month, int Day);
