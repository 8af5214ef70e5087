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
        var notice = DueNotices.Of(open, today);
        if (notice is DueNotice.None) return;
        var (about, due) = (kinds.Of(open.Kind).Words.About, open.DueOn!.Value);
        await (notice is DueNotice.Over
            ? officer.TellOnceAsync(open.Id, KeyOf("due-over", due), new CaseOverdue(open.Id, about, due), cancellation)
            : officer.TellOnceAsync(open.Id, KeyOf(ReminderOf(due, today), due), new CaseDueSoon(open.Id, about, due), cancellation));
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
