using PrivacyFunctions.Clock;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Clock;

/// <summary>What the library says of the places that are offered, checked against what their laws say.</summary>
[Clause("L1")]
public class HolidayCalendarsTests
{
    public static TheoryData<string> Seats => [.. HolidayCalendars.Seats];

    [Theory]
    [InlineData("EU", "01-01 04-03 04-06 05-01 12-25")]
    [InlineData("AT", "01-01 01-06 04-06 05-01 05-14 05-25 06-04 10-26 12-08 12-25")]
    [InlineData("BE", "01-01 04-06 05-01 05-14 05-25 07-21 11-11 12-25")]
    [InlineData("CZ", "01-01 04-03 04-06 05-01 05-08 07-06 09-28 10-28 11-17 12-24 12-25")]
    [InlineData("DE", "01-01 04-03 04-06 05-01 05-14 05-25 12-25")]
    [InlineData("ES", "01-01 01-06 04-03 05-01 10-12 12-08 12-25")]
    [InlineData("FR", "01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25")]
    [InlineData("GB", "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28")]
    [InlineData("IE", "01-01 02-02 03-17 04-06 05-04 06-01 08-03 10-26 12-25")]
    [InlineData("IT", "01-01 01-06 04-06 05-01 06-02 12-08 12-25")]
    [InlineData("LU", "01-01 04-06 05-01 05-14 05-25 06-23 12-25")]
    [InlineData("NL", "01-01 04-06 04-27 05-05 05-14 05-25 12-25")]
    [InlineData("US", "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25")]
    public void Seat_In2026_RestsOnTheseDaysBesideWeekends(string seat, string days)
    {
        var calendar = HolidayCalendars.Of(seat).Seat;
        Assert.Equal(
            days.Split(' '),
            Enumerable.Range(0, 365).Select(day => new DateOnly(2026, 1, 1).AddDays(day))
                .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !calendar.IsWorkingDay(day))
                .Select(day => day.ToString("MM-dd")));
    }

    [Theory]
    [MemberData(nameof(Seats))]
    public void Seat_OfTheList_HasARowAbove(string seat) => Assert.Contains(
        typeof(HolidayCalendarsTests).GetMethod(nameof(Seat_In2026_RestsOnTheseDaysBesideWeekends))!
            .GetCustomAttributesData().SelectMany(row => row.ConstructorArguments)
            .SelectMany(arguments => arguments.Value as IEnumerable<System.Reflection.CustomAttributeTypedArgument> ?? []),
        argument => (argument.Value as string) == seat);

    [Theory]
    [InlineData(2024, "2024-04-01")]
    [InlineData(2025, "2025-04-21")]
    [InlineData(2038, "2038-04-26")] // the latest Easter there is
    [InlineData(2008, "2008-03-24")] // nearly the earliest
    public void Union_OnTheMondayAfterEaster_Rests(int year, string monday)
    {
        var calendar = HolidayCalendars.Of("EU").Seat;
        var day = DateOnly.Parse(monday);
        Assert.Equal(year, day.Year);
        Assert.False(calendar.IsWorkingDay(day));
        Assert.False(calendar.IsWorkingDay(day.AddDays(-3)));
        Assert.True(calendar.IsWorkingDay(day.AddDays(1)));
    }

    [Fact]
    public void WorkingDays_AfterADay_PassOverWeekendsAndHolidays()
    {
        var calendar = HolidayCalendars.Of("EU").Seat;
        Assert.Equal(new DateOnly(2026, 4, 7), calendar.WorkingDaysAfter(new(2026, 4, 2), 1));
        Assert.Equal(new DateOnly(2026, 4, 2), calendar.WorkingDaysAfter(new(2026, 4, 2), 0));
        Assert.Equal(new DateOnly(2026, 4, 2), calendar.WorkingDayOnOrAfter(new(2026, 4, 2)));
    }

    [Fact]
    public void Calendars_OfASeat_HaveThoseOfTheOtherLawsBesides()
    {
        var calendars = HolidayCalendars.Of("DE");
        Assert.Equal(
            ("Germany", "England and Wales", "US federal"), (calendars.Seat.Name, calendars.England.Name, calendars.UnitedStates.Name));
    }
}
