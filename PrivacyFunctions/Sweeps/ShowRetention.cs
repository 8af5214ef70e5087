using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// Shows an operator what each day's sweep came to, newest first, by data set (K-SCHEDULE). No personal data. <c>before</c> goes
/// on where an answer's <c>next</c> says.
/// </summary>
internal sealed class ShowRetention(SweepReports reports)
{
    private const int DaysAPage = 14;

    [Function(nameof(ShowRetention))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Filters("before", "The days before this one, as the page before gives it in next.")]
    [Answers<ReportPage>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/retention")] HttpRequest request,
        CancellationToken cancellation)
    {
        DateOnly? before = null;
        if (request.Query.TryGetValue("before", out var asked))
        {
            if (!TryReadDay(asked.ToString(), out var date))
                return Replies.Refused(request, 400, new("There is no such page", "Give 'before' as a date like 2026-03-02."));
            before = date;
        }

        var (shown, days) = (new List<SweepReport>(), new HashSet<DateOnly>());
        DateOnly? next = null;
        await foreach (var report in reports.ReportsAsync(before, cancellation))
        {
            if (days.Count == DaysAPage && !days.Contains(report.Day))
            {
                next = shown[^1].Day;
                break;
            }

            days.Add(report.Day);
            shown.Add(report);
        }

        return Results.Json(new ReportPage(shown, next), RecordJson.Options);
    }

    internal static bool TryReadDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private sealed record ReportPage(IReadOnlyList<SweepReport> Sweeps, DateOnly? Next);
}
