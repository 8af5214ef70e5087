using System.Globalization;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>
/// Tells the Data Protection Officer that a case's due date comes near, 7, 3 and 1 days before, and once that it is over.
/// </summary>
internal sealed class DueWatch(OfficerMails officer, CaseKinds kinds)
{
    /// <summary>Looks at an open case.</summary>
    public async Task LookAsync(Case open, DateOnly today, CancellationToken cancellation)
    {
        if (open.DueWithoutPauses is { } without) await TellAsync(open, without, DueNotices.WithoutPauses(open, today), open.DueOn, today, cancellation);
        if (open.DueOn is { } due) await TellAsync(open, due, DueNotices.Of(open, today), paused: null, today, cancellation);
    }

    private Task TellAsync(Case open, DateOnly due, DueNotice notice, DateOnly? paused, DateOnly today, CancellationToken cancellation)
    {
        var about = kinds.Of(open.Kind).Words.About;
        return notice switch
        {
            DueNotice.Over => officer.TellOnceAsync(open.Id, KeyOf("due-over", due), new CaseOverdue(open.Id, about, due, paused), cancellation),
            DueNotice.Near => officer.TellOnceAsync(open.Id, KeyOf(ReminderOf(due, today), due), new CaseDueSoon(open.Id, about, due, paused), cancellation),
            _ => Task.CompletedTask,
        };
    }

    // The first is called as it was when there was only that one.
    private static string ReminderOf(DateOnly due, DateOnly today) => DueNotices.Reminder(due, today) switch
    {
        { } days when days != DueNotices.First => string.Create(CultureInfo.InvariantCulture, $"due-near-{days}"),
        _ => "due-near",
    };

    // Of that date: what is owed next, or later after an extension, has one of its own.
    private static string KeyOf(string mail, DateOnly due) => string.Create(CultureInfo.InvariantCulture, $"{mail}-{due:yyyyMMdd}");
}
