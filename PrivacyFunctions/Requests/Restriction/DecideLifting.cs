using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>
/// Takes an operator's decision that the ground of a restriction is over. The person is told, and it is lifted some days later. Repeating
/// it is answered like the first time and changes nothing.
/// </summary>
internal sealed class DecideLifting(CaseStore cases, TellTakenBack takenBack, IntentDispatcher dispatcher)
{
    [Function(nameof(DecideLifting))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)] // as the release of a hold
    [Takes("reason", "Why the ground of the restriction is over.", Codes = typeof(LiftReason))]
    [Takes("told", "\"yes\" if you have told the person yourself, because no mail reaches them.", IsOptional = true)]
    [Answers<Lifted>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/lifting")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The decision is not complete", cancellation);
        var reason = form.Code<LiftReason>("reason", "Give the reason");
        var isTold = form.IsYes("told", "if you have told the person yourself, because no mail reaches them");
        if (form.Refusal is { } refusal) return refusal;

        if (await cases.FindAsync<RestrictionRequest>(id, cancellation) is not { } found) return NoRestriction(request);
        if (!RestrictionDecisions.Fits(found, reason))
            form.Refuse("reason", $"This reason does not go with the ground that the person gave: {found.GroundGiven}.");
        if (form.Refusal is { } doesNotFit) return doesNotFit;
        if (found.LiftReason is null && Unread.Refusal(request, found) is { } unread) return unread;

        var decided = await cases.ExecuteAsync<RestrictionRequest>(
            found.Id, $"decide-lifting-{found.Decisions}", request.Caller().Id,
            state => RestrictionDecisions.DecideLifting(state, reason, isTold, request.Caller().Id), [Intent.Wake],
            cancellation);
        if (decided.LiftReason is null)
            return Unread.Refusal(request, decided) ?? Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "The use of this person's data is not restricted", "It can be lifted once it is."));

        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return Results.Json(new Lifted(found.Id, decided.LiftReason, decided.LiftOn, decided.Status), RecordJson.Options);
    }

    /// <summary>Takes a decision back: the person was right to disagree. Whom we had told of the day is told.</summary>
    [Function(nameof(WithdrawLifting))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Answers<Lifted>]
    public async Task<IResult> WithdrawLifting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/lifting/withdrawal")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (await cases.FindAsync<RestrictedRequest>(id, cancellation) is not { } found) return NoRestriction(request);
        if (found.Decisions == 0) return NothingToTakeBack(request);
        var kept = await cases.ExecuteAsync<RestrictedRequest>(
            found.Id, $"withdraw-lifting-{found.Decisions}", request.Caller().Id,
            state => RestrictionDecisions.WithdrawLifting(state, "by-operator"), [Intent.Wake], cancellation);
        if (kept.Status != kept.BeforeLifting) return NothingToTakeBack(request);

        await dispatcher.TryDispatchAsync(client, found.Id, CancellationToken.None);
        try
        {
            await takenBack.RunAsync(kept, CancellationToken.None);
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, new(
                "The person could not be told yet", "The decision is taken back. Please send it again, so that we try once more to tell the person."));
        }

        return Results.Json(new Lifted(found.Id, (kept as RestrictionRequest)?.LiftReason, kept.LiftOn, kept.Status), RecordJson.Options);
    }

    private static IResult NothingToTakeBack(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status409Conflict, new(
            "There is nothing to take back", "Nobody decided to lift it, or it was lifted. Then the person can ask for another one."));

    private static IResult NoRestriction(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound, new("There is no such restriction", "No person asked for one under this reference."));

    /// <summary>What was decided; <paramref name="LiftOn"/> comes with the notice to the person.</summary>
    private sealed record Lifted(CaseId Reference, LiftReason? Reason, DateOnly? LiftOn, CaseStatus Status);
}
