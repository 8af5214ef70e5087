using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.ByPost.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.ByPost;

/// <summary>Shows an operator where the answer to a request goes, as long as it is not answered. The view is logged (C-ACCESS).</summary>
internal sealed class ShowPostalAddress(CaseStore cases, Statements statements, ViewLog views)
{
    [Function(nameof(ShowPostalAddress))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Answers<Shown>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/cases/{id}/postal-address")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<PostalRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        if (!PostalDecisions.IsOpen(found) || await statements.OfAsync(found.Id, cancellation) is not [{ Said.Words: var answerTo }])
            return Replies.Refused(request, StatusCodes.Status404NotFound, new("It is forgotten", "Once a request is answered, nobody needs to know where the answer went."));
        await views.AddAsync(found.Id, request.Caller().Id, "postal address", cancellation);
        return Results.Json(new Shown(found.Id, answerTo), RecordJson.Options);
    }

    private sealed record Shown(CaseId Reference, string AnswerTo);
}
