using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>
/// Finds the cases of a person, under each address that is proven to be theirs, for an operator whom they have called or written to: the newest first.
/// The address comes in the body and is kept nowhere; each case that is looked at notes the view, and each search is logged with who made it (C-ACCESS). A
/// request that joined another one is not among them.
/// </summary>
internal sealed class SearchCases(CaseStore cases, People people, SubjectLocator locator, ViewLog views, ILogger<SearchCases> log)
{
    /// <summary>How many are shown at most.</summary>
    public const int Most = 100;

    private const int AtATime = 20;

    [Function(nameof(SearchCases))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("email", "An address of the person.")]
    [Answers<Found>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/search")] HttpRequest request, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The search is not complete", cancellation);
        if (!EmailAddress.TryParse(form["email"], out var address)) form.Refuse("email", "Give an e-mail address like name@example.com.");
        if (form.Refusal is { } refusal) return refusal;

        var (all, found) = (await people.NewestCasesAsync(await locator.AddressesOfOwnerAsync(address, cancellation), cancellation), new List<CaseSummary>());
        log.LogInformation("{Operator} searched for a person's cases, and found {Cases}", request.Caller().Id, all.Count);
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
