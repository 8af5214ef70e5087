using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>
/// Finds the cases of a mailbox, for an operator whom its owner has called or written to: the newest first. The address comes in the body and is
/// kept nowhere; each case that is found notes the view (C-ACCESS). A request that joined another one is not among them.
/// </summary>
internal sealed class SearchCases(CaseStore cases, People people, ViewLog views)
{
    /// <summary>How many are shown at most.</summary>
    public const int Most = 100;

    private const int AtATime = 20;

    [Function(nameof(SearchCases))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/search")] HttpRequest request, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The search is not complete", ["email"], cancellation);
        if (!EmailAddress.TryParse(form["email"], out var address)) form.Refuse("email", "Give an e-mail address like name@example.com.");
        if (form.Refusal is { } refusal) return refusal;

        var found = new List<Case>();
        foreach (var some in (await people.CasesAsync([address], cancellation)).Chunk(AtATime))
            found.AddRange((await Task.WhenAll(some.Select(id => cases.FindAsync(id, cancellation)))).OfType<CaseRow>().Select(row => row.Case));
        List<Case> shown = [.. found.OrderByDescending(each => each.ReceivedAt).Take(Most)];
        foreach (var each in shown) await views.AddAsync(each.Id, request.Caller().Id, "search by address", cancellation);
        return Results.Json(new Found([.. shown.Select(CaseSummary.Of)], IsAll: shown.Count == found.Count), RecordJson.Options);
    }

    private sealed record Found(IReadOnlyList<CaseSummary> Cases, bool IsAll);
}
