using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>
/// Takes an operator's decision that the ground of a restriction is over. The person is told, and it is lifted some days later. Repeating
/// it is answered like the first time and changes nothing.
/// </summary>
internal sealed class DecideLifting(CaseStore cases, IntentDispatcher dispatcher)
{
    private static readonly string Reasons = string.Join(", ", Enum.GetNames<LiftReason>().Select(RecordJson.Options.PropertyNamingPolicy!.ConvertName));

    [Function(nameof(DecideLifting))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)] // as the release of a hold
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/lifting")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        if (fields.MistakesBeyond("reason").FirstOrDefault() is { } unknown) return Incomplete(request, unknown.Field, unknown.Words);
        if (!Enum.TryParse<LiftReason>(fields["reason"], ignoreCase: true, out var reason) || !Enum.IsDefined(reason) || int.TryParse(fields["reason"], out _))
            return Incomplete(request, "reason", $"Give the reason: one of {Reasons}.");

        if (!CaseId.TryParse(id, out var parsed) || await cases.FindAsync(parsed, cancellation) is not { Case: RestrictionRequest })
            return Replies.Refused(request, StatusCodes.Status404NotFound, new("There is no such restriction", "No person asked for one under this reference."));

        var decided = await cases.ExecuteAsync<RestrictionRequest>(
            parsed, "decide-lifting", request.Caller().Id,
            state => RestrictionDecisions.DecideLifting(state, reason, request.Caller().Id), [Intent.Wake], cancellation);
        if (decided.LiftReason is null)
            return Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "The use of this person's data is not restricted", "It can be lifted once it is, and the person has been told so."));

        await dispatcher.TryDispatchAsync(client, parsed, cancellation);
        return Results.Json(new Lifting(parsed, decided.LiftReason.Value, decided.LiftOn, decided.Status), RecordJson.Options);
    }

    private static IResult Incomplete(HttpRequest request, string field, string words) =>
        Replies.Refused(request, StatusCodes.Status422UnprocessableEntity, new("The decision is not complete", words), field);

    /// <summary>What was decided; <paramref name="LiftOn"/> comes with the notice to the person.</summary>
    private sealed record Lifting(CaseId Reference, LiftReason Reason, DateOnly? LiftOn, CaseStatus Status);
}
