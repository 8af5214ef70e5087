using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Takes an operator's word that they have told a person what came of their request, whom no mail reaches (<see cref="LastWord"/>). The case then ends
/// within a day. A repetition changes nothing.
/// </summary>
internal sealed class NotePersonTold(CaseStore cases)
{
    [Function(nameof(NotePersonTold))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Answers<Noted>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/told")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        var facts = (await cases.AuditAsync(found.Id, cancellation)).Select(row => row.Entry.Fact).ToList();
        if (!facts.OfType<CaseFact.AnswerUntold>().Any())
            return Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "No answer waits for that", "This is for an answer that no mail could bring. A decision that could not be told is sent once more, with \"told\": \"yes\"."));
        var by = request.Caller().Id;
        await cases.ExecuteAsync<SubjectRequest>(
            found.Id, "person-told", by, state => state.IsClosed ? Decision.Nothing : new Decision.Change(new CaseFact.PersonTold(by)), [], CancellationToken.None);
        return Results.Json(new Noted(found.Id, IsTold: true), RecordJson.Options);
    }

    private sealed record Noted(CaseId Reference, bool IsTold);
}
