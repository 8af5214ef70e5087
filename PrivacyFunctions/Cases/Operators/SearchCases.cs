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
/// kept nowhere; each case that is looked at notes the view (C-ACCESS). A request that joined another one is not among them.
/// </summary>
internal sealed class SearchCases(CaseStore cases, People people, ViewLog views)
{
    /// <summary>How many are shown at most.</summary>
    public const int Most = 100;

    private const int AtATime = 20;

    [Function(nameof(SearchCases))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("email", "The address of the mailbox.")]
    [Answers<Found>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/search")] HttpRequest request, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The search is not complete", cancellation);
        if (!EmailAddress.TryParse(form["email"], out var address)) form.Refuse("email", "Give an e-mail address like name@example.com.");
        if (form.Refusal is { } refusal) return refusal;

        var (all, found) = (await people.NewestCasesAsync(address, cancellation), new List<CaseSummary>());
        foreach (var some in all.Take(Most).Chunk(AtATime))
            found.AddRange((await Task.WhenAll(some.Select(id => LookAsync(id, request.Caller().Id, cancellation)))).OfType<CaseSummary>());
        return Results.Json(new Found(found, IsAll: all.Count <= Most), RecordJson.Options);
    }

    // One that cannot be read is listed as such: it hides none of the others.
    private async Task<CaseSummary?> LookAsync(CaseId id, string viewer, CancellationToken cancellation)
    {
        try
        {
            await views.AddAsync(id, viewer, "search by address", cancellation);
            return await cases.FindAsync(id, cancellation) is { Case: var found } ? CaseSummary.Of(found) : null;
        }
        catch (Exception failure) when (CaseRow.IsUnreadable(failure))
        {
            return CaseSummary.Unreadable(id);
        }
    }

    private sealed record Found(IReadOnlyList<CaseSummary> Cases, bool IsAll);
}
