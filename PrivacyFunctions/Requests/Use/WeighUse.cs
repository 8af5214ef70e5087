using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Use.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Use;

/// <summary>
/// Takes an operator's decision on an objection to a use, with an explanation for the person. The first one stands, unless it is withdrawn
/// before the use goes on; repeating it is answered like the first time and changes nothing.
/// </summary>
internal sealed class WeighUse(CaseStore cases, ArguedDecisions decisions, IntentDispatcher dispatcher)
{
    private static readonly string Outcomes = string.Join(", ", Enum.GetNames<Weighing>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    [Function(nameof(WeighUse))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/weighing")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        if (fields.MistakesBeyond("outcome", "explanation", "told").FirstOrDefault() is { } unknown)
            return Incomplete(request, unknown.Field, unknown.Words);
        if (!fields.TryReadCode<Weighing>("outcome", out var outcome))
            return Incomplete(request, "outcome", $"Give the outcome: one of {Outcomes}.");
        if (ArguedDecisions.Read(fields["explanation"]) is not { } words) return Incomplete(request, "explanation", ArguedDecisions.Missing);
        if (fields["told"] is not ("" or "yes"))
            return Incomplete(request, "told", "Give \"yes\" if you have told the person yourself, because no mail reaches them. Else leave it out.");

        if (!CaseId.TryParse(id, out var parsed) || await cases.FindAsync(parsed, cancellation) is not { Case: UseRequest found })
            return NoObjection(request);
        if (found.Weighing is not null) return Shown(found);
        if (found.Status != CaseStatus.AwaitingDecision) return NotWaiting(request);
        var by = request.Caller().Id;
        if (!await decisions.IsReadAsync(found, by, cancellation)) return ArguedDecisions.Unread(request, parsed);

        var decided = await decisions.DecideAsync(
            found, words, by,
            (state, name) => UseDecisions.Weigh(state, outcome, fields["told"] == "yes", by, name, found.Statements), cancellation);
        if (decided.Weighing is null) return NotWaiting(request);
        await dispatcher.TryDispatchAsync(client, parsed, cancellation);
        return Shown(decided);
    }

    private static IResult Shown(UseRequest decided) =>
        Results.Json(new Weighed(decided.Id, decided.Weighing, decided.LiftOn, decided.Status), RecordJson.Options);

    private static IResult NoObjection(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound, new("There is no such objection", "Nobody objected to a use under this reference."));

    private static IResult NotWaiting(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "This objection does not wait for a decision", "It does once the person has proven their mailbox and the use is stopped."));

    private static IResult Incomplete(HttpRequest request, string field, string words) =>
        Replies.Refused(request, StatusCodes.Status422UnprocessableEntity, new("The outcome is not complete", words), field);

    /// <summary>What was decided; <paramref name="LiftOn"/> comes with the notice to the person.</summary>
    private sealed record Weighed(CaseId Reference, Weighing? Outcome, DateOnly? LiftOn, CaseStatus Status);
}
