using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>Lets an operator go on without the answer to a question. A clock that stood still goes on from that day (L3, L4).</summary>
internal sealed class EndQuestion(CaseStore cases, LegalTime time)
{
    [Function(nameof(EndQuestion))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Answers<Ended>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/question/end")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        if (found is { IsClosed: false, Doubt.Outcome: DoubtOutcome.Open })
            return Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "The person is asked to show that the request is theirs",
                $"That question ends with the doubt: POST /api/operator/cases/{found.Id}/doubt/end."));
        if (found.Correspondence?.Question is { } question)
        {
            var (today, by) = (time.DateOf(await time.NowAsync(cancellation)), request.Caller().Id);
            found = await cases.ExecuteAsync<SubjectRequest>(
                found.Id, $"end-question-{question.Name}", by,
                state => MessageDecisions.GoOn(state, by, new(today, time.ClockStartsOn(state), time.Calendars)), [], cancellation);
        }

        return Results.Json(new Ended(found.Id, found.AskedOn, found.DueOn), RecordJson.Options);
    }

    /// <summary>How it stands now.</summary>
    private sealed record Ended(CaseId Reference, DateOnly? AskedOn, DateOnly? DueOn);
}
