using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Model;

/// <summary>Since when requests count that operators enter.</summary>
[Clause("L1")]
public class EnteredDayTests
{
    private static readonly DateTimeOffset Entered = new(2026, 3, 24, 23, 30, 0, TimeSpan.Zero); // the 25th in Berlin

    [Theory]
    [InlineData("2026-11-30", "2026-11-30", null)]
    [InlineData("2026-12-01", "2026-11-30", DayMistake.NotYet)]
    [InlineData("2025-12-01", "2026-11-30", null)]
    [InlineData("2025-11-30", "2026-11-30", DayMistake.LongAgo)]
    [InlineData("2027-03-01", "2028-02-29", null)]
    [InlineData("2027-02-28", "2028-02-29", DayMistake.LongAgo)]
    public void Day_CanBeWithinTheLastYear(string receivedOn, string today, DayMistake? mistake) =>
        Assert.Equal(mistake, EnteredDay.WhyNot(DateOnly.ParseExact(receivedOn, "yyyy-MM-dd"), DateOnly.ParseExact(today, "yyyy-MM-dd")));

    // Whatever day of this year is meant, with the number of last year it is refused.
    [Fact]
    public void Day_WithTheNumberOfTheYearBefore_IsNeverTaken()
    {
        for (var today = new DateOnly(2026, 1, 1); today < new DateOnly(2034, 1, 1); today = today.AddDays(1))
            for (var age = 0; age < 300; age += 13)
                Assert.Equal(DayMistake.LongAgo, EnteredDay.WhyNot(today.AddDays(-age).AddYears(-1), today));
    }

    [Fact]
    public void Letter_EnteredLater_IsDueFromItsReceiptAndWaitsFromItsEntry()
    {
        var (letter, fact) = Receive("letter", new(2026, 3, 3));
        Assert.Equal((new DateOnly(2026, 3, 3), new DateOnly(2026, 4, 7)), (letter.ReceivedOn, letter.Due.On));
        Assert.Equal((Entered, Entered.AddDays(14)), (letter.ReceivedAt, letter.ConfirmBy));
        Assert.Equal(new DateOnly(2026, 3, 3), ((CaseFact.Received)fact).ReceivedOn);

        // What comes by itself says it as it always did: its day is that of its entry.
        foreach (var channel in new[] { "form", "api", "release" })
            Assert.Null(((CaseFact.Received)Receive(channel, new(2026, 3, 25)).Fact).ReceivedOn);
    }

    [Fact]
    public void DayOfReceipt_OfACaseOfAnEarlierVersion_IsTheLocalDateOfItsEntry()
    {
        var time = LegalTimes.In("Europe/Berlin");
        var letter = Receive("letter", new(2026, 3, 3)).Request;
        Assert.Equal((new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 3)), (time.ReceivedOn(letter), time.ClockStartsOn(letter)));
        Assert.Equal(new DateOnly(2026, 3, 2), time.ClockStartsOn(letter with { EarlierReceivedOn = new(2026, 3, 2) }));
        Assert.Equal(new DateOnly(2026, 3, 3), time.ReceivedOn(letter with { EarlierReceivedOn = new(2026, 3, 2) }));
        Assert.Equal(new DateOnly(2026, 3, 3), time.ClockStartsOn(letter with { EarlierReceivedOn = new(2026, 3, 4) }));
        Assert.Equal(new DateOnly(2026, 3, 25), time.ClockStartsOn(letter with { ReceivedOn = null }));
    }

    [Theory]
    [InlineData("2026-03-25", "2026-03-24T23:30:00Z")] // when it was entered
    [InlineData("2026-03-24", "2026-03-24T23:00:00Z")] // the end of that day, in Berlin
    [InlineData("2026-03-03", "2026-03-03T23:00:00Z")]
    public void Wish_ThatCameByLetter_CountsFromTheEndOfItsDay(string receivedOn, string since) => Assert.Equal(
        DateTimeOffset.Parse(since, System.Globalization.CultureInfo.InvariantCulture),
        LegalTimes.In("Europe/Berlin").CountsFrom(DateOnly.ParseExact(receivedOn, "yyyy-MM-dd"), Entered));

    private static (ComplaintRequest Request, CaseFact Fact) Receive(string channel, DateOnly on) => RequestDecisions.Receive(
        ComplaintRequest.New, CaseId.FromBytes(new byte[16]),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)),
        Entered, on, Residence.Elsewhere, HolidayCalendars.Of("EU"), channel, "c0");
}
