using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// Lists for an operator which recipients were not told yet, or have not answered: the oldest act first. Where an answer has <c>next</c>, more may
/// follow at <c>continue={next}</c>. No personal data.
/// </summary>
internal sealed class ListOpenNotices(OpenNotices open, Notices notices, DataMapRegister map)
{
    private const int PageSize = 50;
    private const int AtATime = 10;

    [Function(nameof(ListOpenNotices))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Filters("continue", "Where the list goes on, as the page before gives it in next.")]
    [Answers<OpenPage>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/recipients")] HttpRequest request, CancellationToken cancellation)
    {
        var after = request.Query["continue"].ToString();
        if (request.Query.Keys.FirstOrDefault(name => name != "continue") is { } unknown)
            return Refused(request, new(unknown, $"There is no '{unknown}' here. There is continue."));
        if (after.Length > 0 && OpenNotice.TryRead(after) is null)
            return Refused(request, new("continue", "'continue' is what the page before gave."));

        var read = await open.ReadAsync(after, PageSize + 1, cancellation).Select(found => found.Entry).Take(PageSize + 1).ToListAsync(cancellation);
        var page = new List<OpenAct>();
        foreach (var some in read.Take(PageSize).Chunk(AtATime))
            page.AddRange((await Task.WhenAll(some.Select(entry => LookAsync(entry, cancellation)))).OfType<OpenAct>());
        return Results.Json(new OpenPage(page, read.Count > PageSize ? read[PageSize - 1].Key : null), RecordJson.Options);
    }

    private static IResult Refused(HttpRequest request, Mistake mistake) =>
        Replies.Refused(request, StatusCodes.Status400BadRequest, "This list cannot be made", [mistake]);

    // An entry may be one of an act that never came, or whose notices are answered by now.
    private async Task<OpenAct?> LookAsync(OpenNotice entry, CancellationToken cancellation) =>
        await notices.FindAsync(entry.Case, entry.Act, cancellation) is { IsOpen: true } found && found.On == entry.On
            ? new(entry.Case, found.Act, found.On, [.. found.Notices.Where(notice => notice.IsOpen).Select(notice => NoticeView.Of(notice, map))])
            : null;

    private sealed record OpenAct(CaseId Reference, RecipientAct Act, DateOnly On, IReadOnlyList<NoticeView> Recipients);

    private sealed record OpenPage(IReadOnlyList<OpenAct> Open, string? Next);
}
