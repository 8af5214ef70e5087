using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>What <c>POST /api/mails/search</c> looks for; everything is optional. A POST,
/// so that no address stands in a URL.</summary>
/// <param name="To">A recipient's whole address (to, cc or bcc), whatever its case.</param>
/// <param name="After">Only mails with a greater id.</param>
/// <param name="SubjectContains">Whatever its case.</param>
/// <param name="WaitSeconds">0 to 60: how long to wait for the first match when there is none yet (real time).</param>
internal sealed record MailSearch(string? To, long After, string? SubjectContains, double WaitSeconds)
{
    public bool Matches(StoredMail mail) =>
        mail.Id > After
        && (To is null
            || mail.To.Concat(mail.Cc).Concat(mail.Bcc)
                .Any(address => address.Email.Equals(To, StringComparison.OrdinalIgnoreCase)))
        && (SubjectContains is null || mail.Subject.Contains(SubjectContains, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Mails">Oldest first.</param>
internal sealed record MailsFound(IReadOnlyList<StoredMail> Mails);

/// <summary>
/// Answers as soon as at least one mail matches, with all that match; with none when the wait is over. That no mail came is an
/// answer and no error.
/// </summary>
internal static class SearchMails
{
    private const double LongestWaitSeconds = 60;

    public static async Task<IResult> HandleAsync(
        MailSearch search, MailStore store, IHostApplicationLifetime lifetime, CancellationToken aborted)
    {
        if (search.WaitSeconds is < 0 or > LongestWaitSeconds)
            return Results.Problem($"waitSeconds is 0 to {LongestWaitSeconds}.", statusCode: StatusCodes.Status400BadRequest);

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        enough.CancelAfter(TimeSpan.FromSeconds(search.WaitSeconds));
        while (true)
        {
            var (found, nextArrival) = store.Look(search.Matches);
            if (found.Count > 0 || enough.IsCancellationRequested)
                return Results.Ok(new MailsFound(found));
            await Task.WhenAny(nextArrival, Task.Delay(Timeout.Infinite, enough.Token));
        }
    }
}
