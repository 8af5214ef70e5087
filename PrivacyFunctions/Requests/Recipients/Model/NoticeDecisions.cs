using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Recipients.Model;

/// <summary>
/// What is entered about a notice: an entry that is there already changes nothing, and one that says otherwise replaces it only where it says
/// that it corrects it. Pure; days are local dates of the legal time zone.
/// </summary>
public static class NoticeDecisions
{
    /// <summary>For how many days after an act a recipient sees on its page whom it is about, and can answer there.</summary>
    public const int ShownDays = 60;

    private const int DaysAQuarter = 90;
    private const int LastWeek = 7; // afterwards nobody can see whom it was about

    /// <summary>The recipient was told.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="on">When.</param>
    /// <param name="way">By what way.</param>
    /// <param name="corrects">Whether it may replace what was entered before.</param>
    /// <param name="today">The day of the entry.</param>
    public static NoticeOutcome Tell(RecipientNotice notice, DateOnly on, NoticeWay way, bool corrects, DateOnly today)
    {
        if (on > today) return new NoticeOutcome.Barred(NoticeBar.NotYet);
        if (on < notice.On) return new NoticeOutcome.Barred(NoticeBar.BeforeTheAct);
        if ((notice.ToldOn, notice.Way) == (on, way)) return NoticeOutcome.Nothing;
        if (notice.ToldOn is not null && !corrects) return new NoticeOutcome.Barred(NoticeBar.ToldOtherwise);
        if (notice.AnsweredOn < on) return new NoticeOutcome.Barred(NoticeBar.AfterTheAnswer);
        return new NoticeOutcome.Entry(
            new CaseFact.RecipientTold($"{notice.Act}", notice.Recipient, on, $"{way}") { Corrects = notice.ToldOn is not null });
    }

    /// <summary>The recipient answered; or it cannot be told, which is impossible or takes a disproportionate effort (GDPR art. 19).</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="on">When.</param>
    /// <param name="answer">What.</param>
    /// <param name="corrects">Whether it may replace what was entered before.</param>
    /// <param name="today">The day of the entry.</param>
    public static NoticeOutcome Answer(RecipientNotice notice, DateOnly on, NoticeAnswer answer, bool corrects, DateOnly today)
    {
        if (on > today) return new NoticeOutcome.Barred(NoticeBar.NotYet);
        if (notice.ToldOn is null && answer is not (NoticeAnswer.Impossible or NoticeAnswer.Disproportionate))
            return new NoticeOutcome.Barred(NoticeBar.NotTold);
        if (on < notice.On) return new NoticeOutcome.Barred(NoticeBar.BeforeTheAct);
        if (on < notice.ToldOn) return new NoticeOutcome.Barred(NoticeBar.BeforeItWasTold);
        if ((notice.AnsweredOn, notice.Answer) == (on, answer)) return NoticeOutcome.Nothing;
        if (notice.Answer is not null && !corrects) return new NoticeOutcome.Barred(NoticeBar.AnsweredOtherwise);
        return new NoticeOutcome.Entry(
            new CaseFact.RecipientAnswered($"{notice.Act}", notice.Recipient, on, $"{answer}") { Corrects = notice.Answer is not null });
    }

    /// <summary>
    /// What the officer is to be asked now about the notices of an act, each once, and about those that were not told once more in the last week in which
    /// they can be; null if nothing.
    /// </summary>
    /// <param name="notices">The notices.</param>
    /// <param name="today">The day.</param>
    /// <param name="days">How many days there are to tell, and then to answer.</param>
    public static CaseFact.RecipientsLate? LateOn(ActNotices notices, DateOnly today, int days)
    {
        var untold = Of(notice => AskAboutUntoldOn(notice, days) <= today && (notice.TimesKnownUntold == 0 || today < GoneOn(notice.On)));
        var unanswered = Of(notice => notice is { ToldOn: { } told, IsKnownUnanswered: false } && today >= told.AddDays(days));
        return untold.Count + unanswered.Count == 0 ? null : new($"{notices.Act}", untold, unanswered);

        List<string> Of(Func<RecipientNotice, bool> isLate) =>
            notices.Notices.Where(notice => notice.IsOpen && isLate(notice)).Select(notice => notice.Recipient).ToList();
    }

    /// <summary>
    /// The next day on which something may have to be done about the notices of an act though nobody enters anything: the officer asked, the person
    /// forgotten. Else it is looked at once a quarter, which finds what was left behind.
    /// </summary>
    /// <param name="notices">The notices, after what was to be done today.</param>
    /// <param name="today">The day.</param>
    /// <param name="days">How many days there are to tell, and then to answer.</param>
    public static DateOnly LookOn(ActNotices notices, DateOnly today, int days) =>
        notices.Notices.Where(notice => notice.IsOpen)
            .Select(notice => notice is { ToldOn: { } told, IsKnownUnanswered: false } ? told.AddDays(days)
                : AskAboutUntoldOn(notice, days) ?? today)
            .Append(GoneOn(notices.On)).Where(day => day > today).Append(today.AddDays(DaysAQuarter)).Min();

    // When the officer is asked next; null once nothing more is to be asked.
    private static DateOnly? AskAboutUntoldOn(RecipientNotice notice, int days)
    {
        var (first, last) = (notice.On.AddDays(days), GoneOn(notice.On).AddDays(-LastWeek));
        return notice switch
        {
            { ToldOn: not null } => null,
            { TimesKnownUntold: 0 } => first,
            { TimesKnownUntold: 1 } when first < last => last,
            _ => null,
        };
    }

    /// <summary>The first day on which the recipient's page shows nothing any more.</summary>
    public static DateOnly GoneOn(DateOnly actOn) => actOn.AddDays(ShownDays);
}

/// <summary>What an entry comes to.</summary>
public abstract record NoticeOutcome
{
    private NoticeOutcome()
    {
    }

    /// <summary>It is there already.</summary>
    public static NoticeOutcome Nothing { get; } = new NothingToDo();

    /// <summary>It is to be noted.</summary>
    public sealed record Entry(CaseFact Fact) : NoticeOutcome;

    /// <summary>It is there already.</summary>
    public sealed record NothingToDo : NoticeOutcome;

    /// <summary>It cannot be so.</summary>
    public sealed record Barred(NoticeBar Why) : NoticeOutcome;
}

/// <summary>Why something cannot be entered.</summary>
public enum NoticeBar
{
    /// <summary>The day has not come.</summary>
    NotYet,

    /// <summary>The day is before what the recipient is told of.</summary>
    BeforeTheAct,

    /// <summary>That it was told is entered with another day or way.</summary>
    ToldOtherwise,

    /// <summary>Its answer is entered with an earlier day.</summary>
    AfterTheAnswer,

    /// <summary>Nobody has entered that it was told.</summary>
    NotTold,

    /// <summary>The day is before it was told.</summary>
    BeforeItWasTold,

    /// <summary>Another answer is entered, or another day of it.</summary>
    AnsweredOtherwise,
}
