using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>
/// Shows an operator where a case stands, what was done, and whether the audit chain is unbroken. The only personal data that a case
/// can hold is where its person lives, which decides by when they must be answered, and which ground they gave; then the view is logged. State and audit rows are of one instant: a commit while they are read is no broken chain.
/// </summary>
internal sealed class ShowCase(CaseStore cases, CaseJson json, ViewLog views)
{
    private const int Attempts = 10; // of reading between two commits, which lie seconds apart

    [Function(nameof(ShowCase))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Answers<CaseView>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/cases/{id}")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var row = CaseId.TryParse(id, out var parsed) ? await cases.FindAsync(parsed, cancellation) : null;
        for (var attempt = 1; row is not null && attempt <= Attempts; attempt++)
        {
            var audit = await cases.AuditAsync(parsed, cancellation);
            var after = await cases.FindAsync(parsed, cancellation);
            if (after?.ETag == row.ETag)
            {
                if ((row.Case.Place ?? row.Case.Ground) is not null)
                    await views.AddAsync(parsed, request.Caller().Id, "what they said", cancellation);
                return Results.Json(View(row, audit), json.Options);
            }

            row = after;
        }

        return row is null
            ? NoSuch.Case(request)
            : Replies.Refused(
                request, 503,
                new("The case is changing", "So much happens to it that it cannot be shown. Please look again in a moment."));
    }

    private static CaseView View(CaseRow row, IReadOnlyList<AuditRow> audit)
    {
        var chain = AuditChain.Verify([.. audit.Select(link => link.Chained())], row.Sequence, row.Head);
        return new(row.Case, chain, [.. audit.Select(link => new AuditView(link.Sequence, link.Shown, link.Hash))]);
    }

    private sealed record CaseView(object Case, ChainVerdict Chain, IReadOnlyList<AuditView> Audit);

    private sealed record AuditView(int Sequence, object Entry, string Hash);
}
