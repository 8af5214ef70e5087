using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// Shows an operator what a day's sweep of a data set left although its time was over: the ground, who answers for it, when it is
/// looked at again, and how many records (the precedence of the clauses). No personal data. <c>after</c> goes on where an answer's
/// <c>next</c> says.
/// </summary>
internal sealed class ShowRetentionKept(SweepReports reports)
{
    private const int PageSize = 100;
    private const int LongestPlace = 64; // a SHA-256 hash in hexadecimal digits

    [Function(nameof(ShowRetentionKept))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Filters("day", "The day of the sweep.")]
    [Filters("set", "The id of the data set.")]
    [Filters("after", "Where the list goes on, as the page before gives it in next.")]
    [Answers<KeptPage>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/retention/kept")] HttpRequest request,
        CancellationToken cancellation)
    {
        var (day, set) = (request.Query["day"].ToString(), request.Query["set"].ToString());
        var after = request.Query.TryGetValue("after", out var asked) ? asked.ToString() : null;
        if (!ShowRetention.TryReadDay(day, out var date) || !DataSetId.TryParse(set, out _)
            || (after is not null && (after.Length != LongestPlace || !after.All(char.IsAsciiHexDigitLower))))
            return Replies.Refused(request, 400, new(
                "There is no such page",
                "Give 'day' as a date like 2026-03-02, 'set' as a data set's id, and 'after' as an answer told it."));
        var (kept, next) = await reports.KeptAsync(date, set, PageSize, after, cancellation);
        return Results.Json(new KeptPage(kept, next), RecordJson.Options);
    }

    private sealed record KeptPage(IReadOnlyList<KeptRecords> Kept, string? Next);
}
