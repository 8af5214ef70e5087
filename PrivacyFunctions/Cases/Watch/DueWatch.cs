using System.Globalization;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>Tells the Data Protection Officer once that a case's due date comes near, and once that it is over.</summary>
internal sealed class DueWatch(OfficerMails officer, CaseKinds kinds)
{
    /// <summary>Looks at an open case.</summary>
    public async Task LookAsync(Case open, DateOnly today, CancellationToken cancellation)
    {
        switch (DueNotices.Of(open, today))
        {
            case DueNotice.Near:
                await officer.TellOnceAsync(open.Id, KeyOf("due-near", open), new CaseDueSoon(open.Id, kinds.Of(open.Kind).Words.About, open.DueOn!.Value), cancellation);
                break;
            case DueNotice.Over:
                await officer.TellOnceAsync(open.Id, KeyOf("due-over", open), new CaseOverdue(open.Id, kinds.Of(open.Kind).Words.About, open.DueOn!.Value), cancellation);
                break;
        }
    }

    // Of that date: what is owed next has one of its own.
    private static string KeyOf(string mail, Case open) =>
        string.Create(CultureInfo.InvariantCulture, $"{mail}-{open.DueOn:yyyyMMdd}");
}
