using CsCheck;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Clock.Model;

[Clause("R-EVERYONE")]
public class StatutoryClockTests
{
    private static readonly HolidayCalendar Calendar = HolidayCalendar.EuropeanSample;

    private static readonly Gen<DateOnly> Days =
        Gen.Int[new DateOnly(2024, 1, 1).DayNumber, new DateOnly(2099, 12, 31).DayNumber].Select(DateOnly.FromDayNumber);

    /// <summary>The rows of docs/legal-clock.md by their numbers.</summary>
    [Theory]
    [Clause("L1")]
    [InlineData(1, "2024-01-31", "2024-02-29")]
    [InlineData(2, "2025-01-31", "2025-02-28")]
    [InlineData(3, "2026-01-31", "2026-03-02")]
    [InlineData(5, "2025-11-30", "2025-12-30")]
    [InlineData(6, "2026-03-05", "2026-04-07")]
    [InlineData(7, "2026-03-31", "2026-04-30")]
    [InlineData(8, "2026-04-01", "2026-05-04")]
    [InlineData(9, "2026-08-31", "2026-09-30")]
    [InlineData(12, "2024-02-29", "2024-04-02")]
    public void Answer_WorkedRow_IsDue(int row, string received, string due)
    {
        var date = StatutoryClock.Answer(DateOnly.Parse(received), Calendar);
        Assert.True(date.On == DateOnly.Parse(due), $"Row {row}: {date.Trace}");
        Assert.Contains(received, date.Trace);
    }

    [Theory]
    [Clause("L2")]
    [InlineData(4, "2026-01-31", "2026-04-30")]
    [InlineData(5, "2025-11-30", "2026-03-02")]
    public void Extended_WorkedRow_IsDue(int row, string received, string due)
    {
        var date = StatutoryClock.ExtendedAnswer(DateOnly.Parse(received), Calendar);
        Assert.True(date.On == DateOnly.Parse(due), $"Row {row}: {date.Trace}");
    }

    /// <summary>Operators read how a date came about.</summary>
    [Theory]
    [InlineData("2026-03-02", "L1: received 2026-03-02 + 1 month = 2026-04-02")]
    [InlineData("2026-08-31", "L1: received 2026-08-31 + 1 month = 2026-09-30 (the month's last day)")]
    [InlineData("2026-03-05", "L1: received 2026-03-05 + 1 month = 2026-04-05; no working day (EU sample), so 2026-04-07")]
    public void Trace_OfAnAnswer_SaysWhichRuleAndWhyThatDay(string received, string trace) =>
        Assert.Equal(trace, StatutoryClock.Answer(DateOnly.Parse(received), Calendar).Trace);

    [Fact]
    public void Trace_OfAnExtendedAnswer_SaysThreeMonths() => Assert.Equal(
        "L2: received 2026-03-02 + 3 months = 2026-06-02", StatutoryClock.ExtendedAnswer(new(2026, 3, 2), Calendar).Trace);

    [Fact]
    public void Holidays_OfTheSample_AreClosedAndTheDaysAroundThemAreNot()
    {
        Assert.All(
            ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2028-12-26", "2026-03-07", "2026-03-08"],
            day => Assert.False(Calendar.IsWorkingDay(DateOnly.Parse(day)), day));
        Assert.All(
            ["2026-01-02", "2026-04-02", "2026-04-07", "2026-04-30", "2026-12-24", "2026-12-28", "2026-03-06", "2026-03-09"],
            day => Assert.True(Calendar.IsWorkingDay(DateOnly.Parse(day)), day));
    }

    [Fact]
    [Clause("L1")]
    public void Answer_AnyDay_IsAWorkingDayOnOrAfterItsTargetAndNeverBeforeTheMonthIsOver() => Days.Sample(received =>
    {
        var due = StatutoryClock.Answer(received, Calendar);
        return Calendar.IsWorkingDay(due.On)
            && due.On >= due.Target
            && due.Target == received.AddMonths(1)
            && Enumerable.Range(due.Target.DayNumber, due.On.DayNumber - due.Target.DayNumber)
                .All(day => !Calendar.IsWorkingDay(DateOnly.FromDayNumber(day)));
    });

    [Fact]
    [Clause("L2")]
    public void Extended_AnyDay_IsLaterThanTheAnswer() =>
        Days.Sample(received => StatutoryClock.ExtendedAnswer(received, Calendar).On > StatutoryClock.Answer(received, Calendar).On);

    [Theory]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(1583, "1583-04-10")]
    [InlineData(1700, "1700-04-11")]
    [InlineData(1818, "1818-03-22")]
    [InlineData(1886, "1886-04-25")]
    [InlineData(1943, "1943-04-25")]
    [InlineData(1954, "1954-04-18")]
    [InlineData(1981, "1981-04-19")]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2038, "2038-04-25")]
    [InlineData(2049, "2049-04-18")]
    [InlineData(2076, "2076-04-19")]
    [InlineData(2285, "2285-03-22")]
    public void EasterSunday_KnownYear_IsThatDay(int year, string day) =>
        Assert.Equal(DateOnly.Parse(day), HolidayCalendar.EasterSunday(year));

    [Fact]
    public void EasterSunday_AnyYear_IsASundayBetween22MarchAnd25April() => Gen.Int[1583, 4000].Sample(year =>
    {
        var easter = HolidayCalendar.EasterSunday(year);
        return easter.DayOfWeek == DayOfWeek.Sunday && easter >= new DateOnly(year, 3, 22) && easter <= new DateOnly(year, 4, 25);
    });
}
