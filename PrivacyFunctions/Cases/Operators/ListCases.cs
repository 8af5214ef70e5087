using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>
/// Lists cases for an operator, what is due first first: <c>status</c> (without it, what is open), <c>attention</c> (yes or no),
/// <c>dueBefore</c> (a date, which is not included) and <c>kind</c>. No personal data. Where an answer has <c>next</c>, more may
/// follow at <c>continue={next}</c>; a case that moves meanwhile can be missing or come twice, and others are not.
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
            return (entry, new(entry.Due.Case, LinkOf(entry.Due.Case)) { IsUnreadable = true });
        }
    }

    private static string LinkOf(CaseId id) => $"/api/operator/cases/{id}";

    private sealed record CasePage(IReadOnlyList<CaseSummary> Cases, string? Next);

    private sealed record CaseSummary(CaseId Reference, string Link)
    {
        public CaseKind? Kind { get; init; }

        public string? Status { get; init; }

        /// <summary>What waits for a person, and since when; missing if nothing does.</summary>
        public AttentionMarks? Attention { get; init; }

        /// <summary>When it was taken in.</summary>
        public DateTimeOffset? ReceivedAt { get; init; }

        /// <summary>The local date on which it was received, from which its clock runs; missing where that is not kept.</summary>
        public DateOnly? ReceivedOn { get; init; }

        /// <summary>The last day on which what is owed next is in time; missing if nothing is owed.</summary>
        public DateOnly? DueOn { get; init; }

        /// <summary>Since when the person is asked for something that is needed to go on; missing if nothing is.</summary>
        public DateOnly? AskedOn { get; init; }

        /// <summary>Other days that its kind is listed with: of an account's end <c>purgeOn</c> and <c>deadline</c>.</summary>
        [JsonExtensionData]
        public Dictionary<string, object?>? OtherDays { get; init; }

        /// <summary>The record of the case is damaged: nothing else can be said.</summary>
        public bool? IsUnreadable { get; init; }

        public static CaseSummary Of(Case found) => new(found.Id, LinkOf(found.Id))
        {
            Kind = found.Kind,
            Status = JsonNamingPolicy.CamelCase.ConvertName(found.Standing),
            Attention = found.Attention,
            ReceivedAt = found.ReceivedAt,
            ReceivedOn = found.CameOn,
            DueOn = found.DueOn,
            AskedOn = found.AskedOn,
            OtherDays = found.ListedDays.ToDictionary(listed => listed.Name, object? (listed) => listed.Day),
        };
    }
}
