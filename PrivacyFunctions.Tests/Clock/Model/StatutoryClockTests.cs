using CsCheck;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Tests.Scenarios.Mixed;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Clock.Model;

[Clause("R-EVERYONE")]
public class StatutoryClockTests
{
    private static readonly Calendars Union = HolidayCalendars.Of("EU");

    // Two leap years among them.
    private static readonly DateOnly[] EightYears =
        [.. Enumerable.Range(0, 8 * 365 + 2).Select(day => new DateOnly(2024, 1, 1).AddDays(day))];

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
        var date = StatutoryClock.Answer(DateOnly.Parse(received), Residence.Elsewhere, Union);
        Assert.True(date.On == DateOnly.Parse(due), $"Row {row}: {date.Trace}");
        Assert.Contains(received, date.Trace);
    }

    [Theory]
    [Clause("L2")]
    [InlineData(4, "2026-01-31", "2026-04-30")]
    [InlineData(5, "2025-11-30", "2026-03-02")]
    public void Extended_WorkedRow_IsDue(int row, string received, string due)
    {
        var date = StatutoryClock.ExtendedAnswer(DateOnly.Parse(received), Residence.Elsewhere, Union);
        Assert.True(date.On == DateOnly.Parse(due), $"Row {row}: {date.Trace}");
    }

    /// <summary>The clock of the United Kingdom alone; what a person there is told is the earlier of it and everybody's.</summary>
    [Theory]
    [Clause("L3")]
    [InlineData(10, "2024-11-25", "2024-12-27")]
    [InlineData(11, "2026-01-01", "2026-02-02")]
    public void Answer_WorkedRowOfTheUnitedKingdom_IsDue(int row, string received, string due)
    {
        var on = DateOnly.Parse(received);
        var there = RulePack.InForceOn(on).Places[Residence.UnitedKingdom].Answer.Ends(on, Union);
        Assert.True(there.On == DateOnly.Parse(due), $"Row {row}: {there.Trace}");
        Assert.True(StatutoryClock.Answer(on, Residence.UnitedKingdom, Union).On <= there.On);
    }

    // Asked on 5 March 2026, answered on 12 March: eight days.
    [Fact]
    [Clause("L3")]
    public void Answer_WorkedRow14_IsDueEightDaysLater()
    {
        var received = new DateOnly(2026, 3, 2);
        var there = RulePack.InForceOn(received).Places[Residence.UnitedKingdom].Answer;
        Assert.Equal((new DateOnly(2026, 4, 2), new DateOnly(2026, 4, 10)), (there.Ends(received, Union).On, there.Ends(received, Union, 8).On));
        // A month that ends on a Sunday, and the day of the pause is still a day.
        Assert.Equal(new DateOnly(2026, 2, 2), there.Ends(new(2026, 1, 1), Union, 1).On);
    }

    [Fact]
    [Clause("L3")]
    [Clause("L4")]
    public void Answer_WithAStop_IsNeverEarlier_AndEverybodyHasTheEarlierClock()
    {
        foreach (var received in EightYears)
            foreach (var days in new[] { 1, 8, 40 })
            {
                var (all, law, none) = (
                    StatutoryClock.Answer(received, Residence.UnitedKingdom, Union, new(days, days)).On,
                    StatutoryClock.Answer(received, Residence.UnitedKingdom, Union, new(days, ByPolicy: 0)).On,
                    StatutoryClock.Answer(received, Residence.UnitedKingdom, Union).On);
                Assert.True(all >= none.AddDays(days - 5) && all >= none && law >= none, $"{received}, {days} days");
                Assert.True(law <= StatutoryClock.Answer(received, Residence.Elsewhere, Union).On, $"{received}, {days} days");
                Assert.Equal(
                    StatutoryClock.Answer(received, Residence.Elsewhere, Union),
                    StatutoryClock.Answer(received, Residence.Elsewhere, Union, new(days, ByPolicy: 0)));
            }
    }

    [Fact]
    [Clause("L5")]
    public void California_WorkedRow15_IsDue()
    {
        var received = new DateOnly(2026, 1, 2);
        var there = RulePack.InForceOn(received).Places[Residence.California];
        Assert.Equal(new DateOnly(2026, 1, 16), there.Acknowledgement!.Ends(received, Union).On);
        Assert.Equal(new DateOnly(2026, 2, 16), there.Answer.Ends(received, Union).On);
        Assert.Equal(new DateOnly(2026, 2, 15), there.Answer.Ends(received, Union).Target);
        Assert.Equal(new DateOnly(2026, 4, 2), there.Extended.Ends(received, Union).On);
        Assert.Equal(new DateOnly(2026, 1, 26), there.OptOut!.Ends(received, Union).On);
    }

    /// <summary>Operators read how a date came about.</summary>
    [Theory]
    [InlineData("2026-03-02", Residence.Elsewhere, "L1: received 2026-03-02 + 1 month = 2026-04-02")]
    [InlineData("2026-08-31", Residence.Elsewhere, "L1: received 2026-08-31 + 1 month = 2026-09-30 (the month's last day)")]
    [InlineData(
        "2026-03-05", Residence.Elsewhere,
        "L1: received 2026-03-05 + 1 month = 2026-04-05; no working day (EU sample), so 2026-04-07")]
    [InlineData(
        "2026-04-01", Residence.UnitedKingdom,
        "L3: received 2026-04-01 + 1 month = 2026-05-01, which is no later than "
        + "L1: received 2026-04-01 + 1 month = 2026-05-01; no working day (EU sample), so 2026-05-04")]
    [InlineData(
        "2026-03-02", Residence.California,
        "L1: received 2026-03-02 + 1 month = 2026-04-02, which is no later than L5: received 2026-03-02 + 45 days = 2026-04-16")]
    public void Trace_OfAnAnswer_SaysWhichRuleAndWhyThatDay(string received, Residence residence, string trace) =>
        Assert.Equal(trace, StatutoryClock.Answer(DateOnly.Parse(received), residence, Union).Trace);

    [Fact]
    public void Trace_OfAnExtendedAnswer_SaysThreeMonths() => Assert.Equal(
        "L2: received 2026-03-02 + 3 months = 2026-06-02",
        StatutoryClock.ExtendedAnswer(new(2026, 3, 2), Residence.Elsewhere, Union).Trace);

    [Fact]
    [Clause("L1")]
    public void Answer_AnyDay_IsAWorkingDayOnOrAfterItsTargetAndNeverBeforeTheMonthIsOver() => Days.Sample(received =>
    {
        var due = StatutoryClock.Answer(received, Residence.Elsewhere, Union);
        return Union.Seat.IsWorkingDay(due.On)
            && due.On >= due.Target
            && due.Target == received.AddMonths(1)
            && Enumerable.Range(due.Target.DayNumber, due.On.DayNumber - due.Target.DayNumber)
                .All(day => !Union.Seat.IsWorkingDay(DateOnly.FromDayNumber(day)));
    });

    /// <summary>Each date against one that is reckoned from what docs/legal-clock.md says, without the app's rules.</summary>
    [Theory]
    [Clause("L1")]
    [Clause("L2")]
    [Clause("L3")]
    [InlineData(Residence.Elsewhere, null)]
    [InlineData(Residence.UnitedKingdom, "GB")]
    public void Answer_EveryDayOfEightYears_IsAsTheLawReckonsIt(Residence residence, string? country) => Assert.All(EightYears, received =>
    {
        Assert.Equal(LawCalendar.Due(received, country, months: 1), StatutoryClock.Answer(received, residence, Union).On);
        Assert.Equal(LawCalendar.Due(received, country, months: 3), StatutoryClock.ExtendedAnswer(received, residence, Union).On);
    });

    /// <summary>Nobody waits longer because of where they live, and no law of a place is missed for what everybody was promised.</summary>
    [Theory]
    [Clause("L7")]
    [Clause("L11")]
    [InlineData(Residence.UnitedKingdom)]
    [InlineData(Residence.California)]
    public void Answer_EveryDayOfEightYearsAtEverySeat_IsTheEarlierOfBothClocks(Residence residence) => Assert.All(
        HolidayCalendars.Seats.Select(HolidayCalendars.Of), calendars => Assert.All(EightYears, received =>
        {
            var there = RulePack.InForceOn(received).Places[residence];
            Assert.Equal(
                Earlier(StatutoryClock.Answer(received, Residence.Elsewhere, calendars), there.Answer.Ends(received, calendars)),
                StatutoryClock.Answer(received, residence, calendars).On);
            Assert.Equal(
                Earlier(StatutoryClock.ExtendedAnswer(received, Residence.Elsewhere, calendars), there.Extended.Ends(received, calendars)),
                StatutoryClock.ExtendedAnswer(received, residence, calendars).On);
        }));

    [Theory]
    [Clause("L2")]
    [InlineData(Residence.Elsewhere)]
    [InlineData(Residence.UnitedKingdom)]
    [InlineData(Residence.California)]
    public void Extended_EveryDayOfEightYears_IsLaterThanTheAnswer(Residence residence) => Assert.All(
        EightYears, received => Assert.True(
            StatutoryClock.ExtendedAnswer(received, residence, Union).On > StatutoryClock.Answer(received, residence, Union).On));

    [Theory]
    [InlineData("2020-12-31", false, false)]
    [InlineData("2021-01-01", true, false)]
    [InlineData("2023-03-28", true, false)]
    [InlineData("2023-03-29", true, true)]
    public void Pack_OfTheDayOfReceipt_HasTheLawsThatWereInForce(string received, bool hasUnitedKingdom, bool hasCalifornia)
    {
        var pack = RulePack.InForceOn(DateOnly.Parse(received));
        Assert.Equal(
            (hasUnitedKingdom, hasCalifornia),
            (pack.Places.ContainsKey(Residence.UnitedKingdom), pack.Places.ContainsKey(Residence.California)));
    }

    private static DateOnly Earlier(DueDate one, DueDate other) => one.On < other.On ? one.On : other.On;
}
