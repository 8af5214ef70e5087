using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases.Model;

/// <summary>What is owed until when, what is said of it, and which cases stand still.</summary>
[Clause("L1")]
public class DueNoticesTests
{
    private static readonly CaseId Id = CaseId.Parse("00000000000000000000000000000001");
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TerminationDates Dates = TerminationClock.Plan(new(2026, 3, 2), 14, 30);

    // Received on 2 March 2026, due on 2 April.
    private static ErasureRequest Request(CaseStatus status) => RequestDecisions.Receive(
        ErasureRequest.New, Id,
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), Start, new(2026, 3, 2),
        Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request with { Status = status, OfferedUntil = Start.AddDays(20) };

    // Its deadline is 2 June.
    private static Termination Ending(TerminationStatus status) => new()
    {
        Id = Id, Kind = CaseKind.Termination, ReceivedAt = Start, Account = AccountId.Parse("c-1"), By = TerminationBy.Owner,
        Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), 14), Status = status, Dates = Dates,
        Instants = new(At("2026-03-17"), At("2026-05-26"), At("2026-06-03")), PurgedAt = At("2026-05-26"),
    };

    [Theory]
    [InlineData("2026-03-02", DueNotice.None)]
    [InlineData("2026-03-25", DueNotice.None)]
    [InlineData("2026-03-26", DueNotice.Near)]
    [InlineData("2026-04-02", DueNotice.Near)]
    [InlineData("2026-04-03", DueNotice.Over)]
    [InlineData("2027-01-01", DueNotice.Over)]
    public void Request_ThatIsAtWork_IsSaidSevenDaysBeforeAndWhenItIsOver(string today, DueNotice said) =>
        Assert.Equal(said, DueNotices.Of(Request(CaseStatus.Confirmed), Day(today)));

    [Theory]
    [InlineData("2026-03-25", null)]
    [InlineData("2026-03-26", 7)]
    [InlineData("2026-03-29", 7)]
    [InlineData("2026-03-30", 3)]
    [InlineData("2026-03-31", 3)]
    [InlineData("2026-04-01", 1)]
    [InlineData("2026-04-02", 1)]
    public void Reminder_OfADueDate_IsTheLastOneThatIsDue(string today, int? days) =>
        Assert.Equal(days, DueNotices.Reminder(new(2026, 4, 2), Day(today)));

    [Theory]
    [InlineData(CaseStatus.AwaitingConfirmation, DueNotice.Over)]
    [InlineData(CaseStatus.NotIdentified, DueNotice.None)] // the person was told
    [InlineData(CaseStatus.Confirmed, DueNotice.Over)]
    [InlineData(CaseStatus.Offered, DueNotice.None)] // answered
    [InlineData(CaseStatus.AwaitingApproval, DueNotice.Over)]
    [InlineData(CaseStatus.Approved, DueNotice.Over)]
    [InlineData(CaseStatus.Erasing, DueNotice.Over)]
    [InlineData(CaseStatus.Erased, DueNotice.Over)] // the person is yet to be told
    [InlineData(CaseStatus.Closed, DueNotice.None)]
    public void Request_AfterItsDueDate_IsOverUnlessThePersonWasAnswered(CaseStatus status, DueNotice said) =>
        Assert.Equal(said, DueNotices.Of(Request(status), Day("2026-04-03")));

    [Theory]
    [Clause("R-ERASE")]
    [InlineData("2026-03-26", DueNotice.None)]
    [InlineData("2026-03-30", DueNotice.Near)]
    [InlineData("2026-03-31", DueNotice.Near)]
    [InlineData("2026-04-01", DueNotice.None)]
    [InlineData("2026-04-02", DueNotice.None)]
    [InlineData("2026-04-03", DueNotice.Over)]
    public void Erasure_ThatWasEscalated_TellsByItselfSevenDaysAndOneBefore(string today, DueNotice said) =>
        Assert.Equal(said, DueNotices.Of(Request(CaseStatus.AwaitingApproval).After(ErasureDecisions.Escalate), Day(today)));

    // Its workflow keeps to the first date, and says nothing of the other.
    [Theory]
    [Clause("L2")]
    [InlineData("2026-03-26")]
    [InlineData("2026-03-30")]
    [InlineData("2026-04-01")]
    public void Erasure_ThatWasEscalatedAndHasAnotherDateByNow_IsToldOfAsAnyCase(string today)
    {
        var extended = Request(CaseStatus.AwaitingApproval) with { Extended = ExtensionReason.ManyRequests };
        Assert.Equal(DueNotice.Near, DueNotices.Of(extended.After(ErasureDecisions.Escalate), Day(today)));
        var paused = Request(CaseStatus.AwaitingApproval) with { WithoutPauses = new(2026, 4, 2) };
        Assert.Equal(DueNotice.Near, DueNotices.WithoutPauses(paused.After(ErasureDecisions.Escalate), Day(today)));
    }

    [Theory]
    [Clause("L8")]
    [InlineData(TerminationStatus.AwaitingPurge, "2026-06-02", DueNotice.None)]
    [InlineData(TerminationStatus.Purging, "2026-06-02", DueNotice.None)] // it has escalated itself
    [InlineData(TerminationStatus.Purging, "2026-06-03", DueNotice.Over)]
    [InlineData(TerminationStatus.Undoable, "2026-06-03", DueNotice.Over)]
    [InlineData(TerminationStatus.AwaitingBackups, "2026-06-26", DueNotice.None)] // a month from the purge
    [InlineData(TerminationStatus.AwaitingBackups, "2026-06-27", DueNotice.Over)]
    [InlineData(TerminationStatus.Emptied, "2026-07-01", DueNotice.None)]
    [InlineData(TerminationStatus.Undone, "2026-07-01", DueNotice.None)]
    [InlineData(TerminationStatus.NotConfirmed, "2026-07-01", DueNotice.None)]
    [InlineData(TerminationStatus.Closed, "2026-07-01", DueNotice.None)]
    public void EndOfAnAccount_IsSaidWhenItsDeadlineOrItsBackupsMonthIsOver(TerminationStatus status, string today, DueNotice said) =>
        Assert.Equal(said, DueNotices.Of(Ending(status), Day(today)));

    [Theory]
    [InlineData(CaseStatus.AwaitingConfirmation, "2026-03-17T08:59:59", false)]
    [InlineData(CaseStatus.AwaitingConfirmation, "2026-03-17T09:00", true)]
    [InlineData(CaseStatus.NotIdentified, "2026-04-16T08:59:59", false)]
    [InlineData(CaseStatus.NotIdentified, "2026-04-16T09:00", true)]
    [InlineData(CaseStatus.Offered, "2026-03-23T08:59:59", false)]
    [InlineData(CaseStatus.Offered, "2026-03-23T09:00", true)]
    [InlineData(CaseStatus.Confirmed, "2026-03-09T08:59:59", false)]
    [InlineData(CaseStatus.Confirmed, "2026-03-09T09:00", true)]
    [InlineData(CaseStatus.Erasing, "2026-03-09T09:00", true)]
    [InlineData(CaseStatus.AwaitingApproval, "2027-03-09", false)] // people are waited for
    [InlineData(CaseStatus.Closed, "2027-03-09", false)]
    public void Request_ADayAfterItShouldHaveGoneOn_OrAWeekAtWorkForNothing_IsSilent(CaseStatus status, string now, bool isSilent) =>
        Assert.Equal(isSilent, Silence.IsSilent(Request(status), changedAt: Start, LegalClock.Ordinary, At(now)));

    [Theory]
    [InlineData(TerminationStatus.AwaitingConfirmation, "2026-03-17T09:00", true)]
    [InlineData(TerminationStatus.Undoable, "2026-03-17T23:59", false)]
    [InlineData(TerminationStatus.Undoable, "2026-03-18", true)]
    [InlineData(TerminationStatus.AwaitingPurge, "2026-05-31", false)] // it may wait for what goes first until 3 days before
    [InlineData(TerminationStatus.AwaitingPurge, "2026-06-01", true)]
    [InlineData(TerminationStatus.Purging, "2027-06-01", false)] // a hold may last for years; that it is over is said
    [InlineData(TerminationStatus.AwaitingBackups, "2026-06-24", false)]
    [InlineData(TerminationStatus.AwaitingBackups, "2026-06-25", true)]
    [InlineData(TerminationStatus.Emptied, "2026-06-30", false)]
    [InlineData(TerminationStatus.Emptied, "2026-07-01", true)]
    [InlineData(TerminationStatus.Undone, "2026-03-09T09:00", true)]
    [InlineData(TerminationStatus.Closed, "2027-03-09", false)]
    public void EndOfAnAccount_ADayAfterItShouldHaveGoneOn_IsSilent(TerminationStatus status, string now, bool isSilent) =>
        Assert.Equal(isSilent, Silence.IsSilent(Ending(status), changedAt: Start, LegalClock.Ordinary, At(now)));

    // Nobody knows when it changed: then it has been standing still for long.
    [Fact]
    public void Silence_OfACaseAtWork_WhoseLastChangeCannotBeRead_IsSaidAtOnce()
    {
        Assert.True(Silence.IsSilent(Request(CaseStatus.Confirmed), changedAt: null, LegalClock.Ordinary, Start));
        Assert.False(Silence.IsSilent(Request(CaseStatus.AwaitingApproval), changedAt: null, LegalClock.Ordinary, Start));
    }

    [Theory]
    [InlineData(CaseStatus.AwaitingConfirmation, "2026-03-03T08:59:59", false)]
    [InlineData(CaseStatus.AwaitingConfirmation, "2026-03-03T09:00", true)]
    [InlineData(CaseStatus.Closed, "2026-03-03T09:00", false)]
    public void Workflow_OfAnOpenCase_HasToBeThereAfterADay(CaseStatus status, string now, bool hasTo) =>
        Assert.Equal(hasTo, Silence.HasToHaveAWorkflow(Request(status), LegalClock.Ordinary, At(now)));

    [Fact]
    public void Silence_AtAFasterPace_IsADayOfRealTime()
    {
        var clock = new LegalClock(Start, 1000); // 14 legal days are twenty minutes
        Assert.False(Silence.IsSilent(Request(CaseStatus.AwaitingConfirmation), Start, clock, Start.AddHours(24)));
        Assert.True(Silence.IsSilent(Request(CaseStatus.AwaitingConfirmation), Start, clock, Start.AddHours(25)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text + (text.Contains('T') ? "Z" : "T00:00Z"));
}
