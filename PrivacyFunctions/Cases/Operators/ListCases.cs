using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>
/// Lists cases for an operator, what is due first first: <c>status</c> (without it, what is open), <c>attention</c> (yes or no),
/// <c>dueBefore</c> (a date, which is not included), <c>assigned</c> (an operator's id, or "nobody") and <c>kind</c>. No personal data. Where an
/// answer has <c>next</c>, more may follow at <c>continue={next}</c>; a case that moves meanwhile can be missing or come twice, and others are not.
/// </summary>
/// <remarks>
/// What a page costs is bounded: it reads at most 500 entries of an index and a case for each, and may be short, or empty, when few
/// of them are asked for. What was closed is read only where it is asked for.
/// </remarks>
internal sealed class ListCases(CaseIndex index, CaseStore cases, CaseKinds kinds)
{
    private const int PageSize = 50;
    private const int LooksAPage = 500;

    [Function(nameof(ListCases))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Filters("status", "Where the cases stand; without it, what is open.")]
    [Filters("kind", "What they are about, such as erasure.")]
    [Filters("attention", "\"yes\" for what is not as it should be, such as a broken workflow or unread words, or \"no\" for the rest.")]
    [Filters("dueBefore", "Only what is due before this day.")]
    [Filters("assigned", "The id of the operator who looks after them, or \"nobody\".")]
    [Filters("continue", "Where the list goes on, as the page before gives it in next.")]
    [Answers<CasePage>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/cases")] HttpRequest request,
        CancellationToken cancellation)
    {
        var mistakes = new List<Mistake>();
        var filter = CaseFilter.Read(request.Query, kinds, mistakes);
        return mistakes.Count > 0
            ? Replies.Refused(request, 400, "This list cannot be made", mistakes)
            : Results.Json(await PageAsync(filter, cancellation), RecordJson.Options);
    }

    private async Task<CasePage> PageAsync(CaseFilter filter, CancellationToken cancellation)
    {
        var page = new List<CaseSummary>();
        IndexEntry? last = null;
        var looks = index.ReadAsync(filter.List, filter.After, filter.DueBefore, PageSize, cancellation).Take(LooksAPage + 1);
        var looked = 0;
        await foreach (var some in looks.Chunk(PageSize).WithCancellation(cancellation))
        {
            foreach (var (entry, summary) in await Task.WhenAll(some.Select(entry => LookAsync(entry, filter, cancellation))))
            {
                if (page.Count == PageSize || ++looked > LooksAPage) return new(page, filter.GoOnAfter(last!));
                last = entry;
                if (summary is not null) page.Add(summary);
            }
        }

        return new(page, Next: null);
    }

    // One that cannot be read is listed as such, whatever is asked for: somebody has to look.
    private async Task<(IndexEntry Entry, CaseSummary? Summary)> LookAsync(
        IndexEntry entry, CaseFilter filter, CancellationToken cancellation)
    {
        try
        {
            return await cases.FindAsync(entry.Due.Case, cancellation) is { Case: var found } && CaseIndex.Holds(entry, found)
                && filter.Takes(found)
                    ? (entry, CaseSummary.Of(found))
                    : (entry, null);
        }
        catch (Exception failure) when (CaseRow.IsUnreadable(failure))
        {
            return (entry, CaseSummary.Unreadable(entry.Due.Case));
        }
    }

    private sealed record CasePage(IReadOnlyList<CaseSummary> Cases, string? Next);
}
