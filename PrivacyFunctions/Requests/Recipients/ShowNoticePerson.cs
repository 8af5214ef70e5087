using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// Shows an operator whom recipients are to be told about, as long as one of them has not answered, and for 60 days at most: whoever tells them by hand has
/// to name the person. The view is logged (C-ACCESS).
/// </summary>
internal sealed class ShowNoticePerson(CaseStore cases, Notices notices, NoticeRows rows, ViewLog views)
{
    [Function(nameof(ShowNoticePerson))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Answers<Shown>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = $"{ShowNotices.Route}/person")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        var shown = new List<ActPerson>();
        foreach (var act in await notices.OfAsync(found.Id, cancellation))
            if (act.Notices.FirstOrDefault(notice => notice.IsOpen) is { } open
                && await rows.PersonOfAsync(found.Id, open, cancellation) is { Count: > 0 } addresses)
                shown.Add(new(act.Act, addresses));
        if (shown.Count == 0)
            return Replies.Refused(request, StatusCodes.Status404NotFound, new(
                "Nobody has to be told any more", "Whom it was about is forgotten once all recipients have answered, and after 60 days at most."));
        await views.AddAsync(found.Id, request.Caller().Id, "whom recipients are told about", cancellation);
        return Results.Json(new Shown(found.Id, shown), RecordJson.Options);
    }

    private sealed record Shown(CaseId Reference, IReadOnlyList<ActPerson> Acts);

    private sealed record ActPerson(RecipientAct Act, IReadOnlyList<string> Addresses);
}
