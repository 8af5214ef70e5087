namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>
/// The due dates of docs/legal-clock.md, reckoned once more from what it says: the app's own rules are what is tested.
/// </summary>
internal static class LawCalendar
{
    private const string UnitedKingdom = "GB";

    /// <summary>When an answer is due (L1, L2, L3): the same date some months later, or the next working day.</summary>
    /// <param name="received">The local day of the receipt.</param>
    /// <param name="country">Where the person lives; null if they did not say.</param>
    /// <param name="months">1, or 3 for an answer that takes longer.</param>
    /// <param name="stood">For how many days the clock of the Union stood still (L4).</param>
    /// <param name="stoodThere">For how many that of the United Kingdom did (L3).</param>
    public static DateOnly Due(DateOnly received, string? country, int months, int stood = 0, int stoodThere = 0)
    {
        var union = NextWorkingDay(received.AddMonths(months).AddDays(stood), IsHolidayInTheUnion);
        if (country != UnitedKingdom) return union;
        var there = NextWorkingDay(received.AddMonths(months).AddDays(stoodThere), IsHolidayInEngland);
        return there < union ? there : union;
    }

    /// <summary>When the purge of an account begins, and by when its active data is gone (L8).</summary>
    public static (DateOnly PurgeOn, DateOnly Deadline) Purge(DateOnly ended)
    {
        var (deadline, day30) = (ended.AddMonths(3), ended.AddDays(30));
        var cleanup = new DateOnly(ended.Year, 1, 1);
        while (cleanup < day30) cleanup = cleanup.AddMonths(3);
        var latest = deadline.AddDays(-7);
        return (cleanup < latest ? cleanup : latest, deadline);
    }

    private static DateOnly NextWorkingDay(DateOnly day, Func<DateOnly, bool> isHoliday)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || isHoliday(day)) day = day.AddDays(1);
        return day;
    }

    private static bool IsHolidayInTheUnion(DateOnly day) =>
        day is { Month: 1, Day: 1 } or { Month: 5, Day: 1 } or { Month: 12, Day: 25 or 26 } || IsEaster(day);

    // Those that fall on a weekend are made up for on the next working days.
    private static bool IsHolidayInEngland(DateOnly day) => IsEaster(day) || day switch
    {
        { Month: 1, Day: <= 3 } => day == NextWorkingDay(new(day.Year, 1, 1), _ => false),
        { Month: 5, DayOfWeek: DayOfWeek.Monday } => day.Day <= 7 || day.Day > 24,
        { Month: 8, DayOfWeek: DayOfWeek.Monday } => day.Day > 24,
        { Month: 12, Day: >= 25 } => IsChristmas(day),
        _ => false,
    };

    private static bool IsChristmas(DateOnly day)
    {
        var first = NextWorkingDay(new(day.Year, 12, 25), _ => false);
        return day == first || day == NextWorkingDay(first.AddDays(1), _ => false);
    }

    private static bool IsEaster(DateOnly day) => day == EasterSunday(day.Year).AddDays(-2) || day == EasterSunday(day.Year).AddDays(1);

    // The Gregorian rule, as Butcher wrote it down.
    private static DateOnly EasterSunday(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
        return new(year, n / 31, n % 31 + 1);
    }
}
