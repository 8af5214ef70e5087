using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Pages;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Operations;

/// <summary>
/// Shows an operator where a case stands, what was done, and whether the audit chain is unbroken. It shows no personal
/// data: the case holds none.
/// </summary>
internal sealed class ShowCase(CaseStore cases)
{
    [Function(nameof(ShowCase))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/operator/cases/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!CaseId.TryParse(id, out var parsed) || await cases.FindAsync(parsed, cancellation) is not { } row)
            return Replies.Refused(request, 404, new("There is no such case", "A case's reference has 32 digits, as the person's mails show it."));

        var audit = await cases.AuditAsync(parsed, cancellation);
        var chain = AuditChain.Verify([.. audit.Select(link => link.Chained())], row.Sequence, row.Head);
        return Results.Json(new CaseView(row.Case, chain, [.. audit.Select(link => new AuditView(link.Sequence, link.Entry, link.Hash))]), RecordJson.Options);
    }

    private sealed record CaseView(Case Case, ChainVerdict Chain, IReadOnlyList<AuditView> Audit);

    private sealed record AuditView(int Sequence, AuditEntry Entry, string Hash);
}
