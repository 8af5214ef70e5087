using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>
/// Takes an operator's decision on a complaint, with an explanation for the person. The first one stands; repeating it is answered like the
/// first time and changes nothing. What was written since the operator looked has to be read first.
/// </summary>
internal sealed class DecideComplaint(CaseStore cases, ArguedDecisions decisions, IntentDispatcher dispatcher)
{
    private static readonly string Findings =
        string.Join(", ", Enum.GetNames<ComplaintFinding>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    [Function(nameof(DecideComplaint))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/outcome")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        if (fields.MistakesBeyond("outcome", "explanation").FirstOrDefault() is { } unknown)
            return Incomplete(request, unknown.Field, unknown.Words);
        if (!fields.TryReadCode<ComplaintFinding>("outcome", out var finding))
            return Incomplete(request, "outcome", $"Give the outcome: one of {Findings}.");
        if (ArguedDecisions.Read(fields["explanation"]) is not { } words) return Incomplete(request, "explanation", ArguedDecisions.Missing);

        if (!CaseId.TryParse(id, out var parsed) || await cases.FindAsync(parsed, cancellation) is not { Case: ComplaintRequest found })
            return NoComplaint(request);
        if (found.Finding is not null) return Shown(found);
        if (found.Status != CaseStatus.AwaitingDecision) return NotWaiting(request);
        var by = request.Caller().Id;
        if (!await decisions.IsReadAsync(found, by, cancellation)) return ArguedDecisions.Unread(request, parsed);

        var decided = await decisions.DecideAsync(
            found, words, by, (state, name) => ComplaintDecisions.Decide(state, finding, by, name, found.Statements), cancellation);
        if (decided.Finding is null) return decided.Statements > found.Statements ? ArguedDecisions.Unread(request, parsed) : NotWaiting(request);
        await dispatcher.TryDispatchAsync(client, parsed, cancellation);
        return Shown(decided);
    }

    private static IResult Shown(ComplaintRequest decided) =>
        Results.Json(new Decided(decided.Id, decided.Finding, decided.Status), RecordJson.Options);

    private static IResult NoComplaint(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound, new("There is no such complaint", "Nobody complained to us under this reference."));

    private static IResult NotWaiting(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "This complaint does not wait for a decision", "It does once the person was told that we have it. One that joined another is decided with that one."));

    private static IResult Incomplete(HttpRequest request, string field, string words) =>
        Replies.Refused(request, StatusCodes.Status422UnprocessableEntity, new("The outcome is not complete", words), field);

    /// <summary>What was decided.</summary>
    private sealed record Decided(CaseId Reference, ComplaintFinding? Outcome, CaseStatus Status);
}
