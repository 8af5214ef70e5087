using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Shows an operator the ledger of the backups, newest first: when each was born, verified and deleted, and which need
/// attention. No personal data. <c>before</c> goes on where an answer's <c>next</c> says.
/// </summary>
internal sealed class ShowBackups(BackupLedger ledger)
{
    private const int PageSize = 100;

    [Function(nameof(ShowBackups))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Filters("before", "The nights before this one, as the page before gives it in next.")]
    [Answers<LedgerPage>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/backups")] HttpRequest request,
        CancellationToken cancellation)
    {
        DateOnly? before = null;
        if (request.Query.TryGetValue("before", out var asked))
        {
            if (!BackupLayout.TryReadNight(asked.ToString(), out var date))
                return Replies.Refused(request, 400, new("There is no such page", "Give 'before' as a date like 2026-03-02."));
            before = date;
        }

        var page = await ledger.EntriesAsync(before, cancellation).Take(PageSize + 1).ToListAsync(cancellation);
        var shown = page.Take(PageSize).ToList();
        return Results.Json(new LedgerPage(shown, page.Count > PageSize ? shown[^1].Night : null), RecordJson.Options);
    }

    private sealed record LedgerPage(IReadOnlyList<BackupEntry> Backups, DateOnly? Next);
}
