using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>
/// Takes an operator's decision on a complaint, with an explanation for the person, and whether an earlier request of theirs is
/// taken up again. The first one stands; repeating it is answered like the first time and changes nothing. What was written since the operator
/// looked has to be read first.
/// </summary>
internal sealed class DecideComplaint(CaseStore cases, ArguedDecisions decisions, Reopening reopening, IntentDispatcher dispatcher)
{
    [Function(nameof(DecideComplaint))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("outcome", "Who is right.", Codes = typeof(ComplaintFinding))]
    [Takes("explanation", "The same in plain words, for the person: 1 to 4,000 characters.")]
    [Takes("reopens", "The reference of an earlier request of theirs that is taken up again.", IsOptional = true)]
    [Answers<Decided>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/outcome")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The outcome is not complete", cancellation);
        var (finding, words) = (form.Code<ComplaintFinding>("outcome", "Give the outcome"), ArguedDecisions.Explanation(form));
        var reopens = ReopenedBy(form, finding);
        if (form.Refusal is { } refusal) return refusal;

        if (await cases.FindAsync<ComplaintRequest>(id, cancellation) is not { } found) return NoComplaint(request);
        if (found.Finding is not null) return Shown(found);
        if (found.Status != CaseStatus.AwaitingDecision) return NotWaiting(request);
        if (Unread.OrOpen(request, found) is { } unread) return unread;
        var by = request.Caller().Id;
        if (!await decisions.IsReadAsync(found, by, cancellation)) return ArguedDecisions.Unread(request, found.Id);

        if (reopens is { } again && !await reopening.IsPossibleAsync(found, again, cancellation)) return Reopening.NotTheirs(request);

        var decided = await decisions.DecideAsync(
            found, words, by, (state, name) => ComplaintDecisions.Decide(state, finding, by, name, found.Statements, reopens), cancellation);
        if (decided.Finding is null)
            return Unread.OrOpen(request, decided) ?? (decided.Statements > found.Statements ? ArguedDecisions.Unread(request, found.Id) : NotWaiting(request));
        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return Shown(decided);
    }

    private static CaseId? ReopenedBy(DecisionForm form, ComplaintFinding finding)
    {
        if (form["reopens"].Length == 0) return null;
        if (!CaseId.TryParse(form["reopens"], out var earlier)) form.Refuse("reopens", "Give the reference of the request that is taken up again: 32 digits.");
        if (finding == ComplaintFinding.NotUpheld) form.Refuse("reopens", "Only where the person is right, at least in part, is a request taken up again.");
        return earlier;
    }

    private static IResult Shown(ComplaintRequest decided) =>
        Results.Json(new Decided(decided.Id, decided.Finding, decided.Reopens, decided.Status), RecordJson.Options);

    private static IResult NoComplaint(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound, new("There is no such complaint", "Nobody complained to us under this reference."));

    private static IResult NotWaiting(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "This complaint does not wait for a decision", "It does once the person was told that we have it. One that joined another is decided with that one."));

    /// <summary>What was decided.</summary>
    private sealed record Decided(CaseId Reference, ComplaintFinding? Outcome, CaseId? Reopens, CaseStatus Status);
}
