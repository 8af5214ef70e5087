using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
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
    [Function(nameof(WeighUse))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("outcome", "Whether the use stops.", Codes = typeof(Weighing))]
    [Takes("explanation", "The same in plain words, for the person: 1 to 4,000 characters.")]
    [Takes("told", "\"yes\" if you have told the person yourself, because no mail reaches them.", IsOptional = true)]
    [Answers<Weighed>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/weighing")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The outcome is not complete", cancellation);
        var (outcome, words) = (form.Code<Weighing>("outcome", "Give the outcome"), ArguedDecisions.Explanation(form));
        var isTold = form.IsYes("told", "if you have told the person yourself, because no mail reaches them");
        if (form.Refusal is { } refusal) return refusal;

        if (await cases.FindAsync<UseRequest>(id, cancellation) is not { } found) return NoObjection(request);
        if (found.Weighing is not null) return Shown(found);
        if (found.Status != CaseStatus.AwaitingDecision) return NotWaiting(request);
        if (Unread.OrOpen(request, found) is { } unread) return unread;
        var by = request.Caller().Id;
        if (!await decisions.IsReadAsync(found, by, cancellation)) return ArguedDecisions.Unread(request, found.Id);

        var decided = await decisions.DecideAsync(
            found, words, by,
            (state, name) => UseDecisions.Weigh(state, outcome, isTold, by, name, found.Statements), cancellation);
        if (decided.Weighing is null) return Unread.OrOpen(request, decided) ?? NotWaiting(request);
        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return Shown(decided);
    }

    private static IResult Shown(UseRequest decided) =>
        Results.Json(new Weighed(decided.Id, decided.Weighing, decided.LiftOn, decided.Status), RecordJson.Options);

    private static IResult NoObjection(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound, new("There is no such objection", "Nobody objected to a use under this reference."));

    private static IResult NotWaiting(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "This objection does not wait for a decision", "It does once the person has proven their mailbox and the use is stopped."));

    /// <summary>What was decided; <paramref name="LiftOn"/> comes with the notice to the person.</summary>
    private sealed record Weighed(CaseId Reference, Weighing? Outcome, DateOnly? LiftOn, CaseStatus Status);
}
