using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// Reminds the Data Protection Officer of the holds that are to be reviewed (K-EXTEND): data is kept as long as there is a ground,
/// not as long as nobody looks. One mail a day names them, on the day of the review and each week after it, until they are
/// prolonged or released.
/// </summary>
internal sealed class RemindOfReviews(HoldReviews reviews, OfficerMails officer, LegalTime time)
{
    private const int AgainInDays = 7;
    private const int LongestList = 100; // the others are named on the next days

    [Function(nameof(RemindOfReviews))]
    public async Task RunAsync([TimerTrigger("0 0 1 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var today = time.DateOf(await time.NowAsync(cancellation));
        var due = await reviews.ToReviewAsync(today, AgainInDays, cancellation).Take(LongestList).ToListAsync(cancellation);
        if (due.Count == 0) return;
        await officer.TellOnceAsync(
            string.Create(CultureInfo.InvariantCulture, $"hold-reviews-{today:yyyyMMdd}"), $"due-{NameOf(due)}",
            new ReviewsDue([.. due.Select(found => found.Hold).OrderBy(hold => hold.ReviewOn)]), cancellation);
        foreach (var reminded in due) await reviews.NoteRemindedAsync(reminded, today, cancellation);
    }

    // A second look on the same day finds others, which no mail has named.
    private static string NameOf(IEnumerable<HoldToReview> due) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', due.Select(found => $"{found.Key}.{found.Hold.Id}")))))[..16];
}
