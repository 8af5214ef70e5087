using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Takes an operator's approval of a plan, which binds to the plan's hash: of any other plan it is refused with 409 and the
/// hash of the one that waits. Where the company wants two people to approve, the first one's is answered with 202. Repeating it is
/// answered like the first time and changes nothing, unless somebody took it back in between: then it is a new one.
/// </summary>
internal sealed class ApprovePlan(CaseStore cases, OfficerMails officer, IOptions<PolicyOptions> policy, IntentDispatcher dispatcher)
{
    private const int HashDigits = 64;

    [Function(nameof(ApprovePlan))]
    [ForRoles(CallerRole.Approver)]
    [Takes("hash", "The hash of the plan, as the plan shows it.")]
    [Answers<Approval>]
    [Answers<Approval>(StatusCodes.Status202Accepted)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/plan/approval")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var (hash, refusal) = await ReadAsync(request, "The approval is not complete", cancellation);
        if (refusal is not null) return refusal;
        var approver = request.Caller().Id;
        if (await cases.FindAsync<ErasureRequest>(id, cancellation) is not { PlanHash: not null } found) return ShowPlan.NoPlan(request);
        if (found.Status == CaseStatus.AwaitingApproval && Unread.OrOpen(request, found) is { } unread) return unread;

        var decided = await DecideAsync(found, state => ErasureDecisions.Approve(state, hash, approver, policy.Value.SecondPerson), approver, [Intent.Wake]);
        if (decided is { Status: CaseStatus.AwaitingApproval, First: { } first } && first.Hash == hash)
            return first.Operator == approver ? await WaitsAsync(request, decided, first, cancellation) : Unread.OrOpen(request, decided) ?? Changed(decided);
        if (decided.ApprovedHash != hash || decided.Status == CaseStatus.AwaitingApproval) return Unread.OrOpen(request, decided) ?? Changed(decided);

        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return Results.Json(new Approval(found.Id, hash, decided.Status, WaitsForSecond: null), RecordJson.Options);
    }

    /// <summary>Takes back an approval that needs a second one: the second person does not agree, or the first one has changed their mind.</summary>
    [Function(nameof(RefusePlan))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("hash", "The hash of the plan, as the plan shows it.")]
    [Answers<Approval>]
    public async Task<IResult> RefusePlan(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/plan/refusal")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var (hash, refusal) = await ReadAsync(request, "The refusal is not complete", cancellation);
        if (refusal is not null) return refusal;
        if (await cases.FindAsync<ErasureRequest>(id, cancellation) is not { PlanHash: not null } found) return ShowPlan.NoPlan(request);
        var by = request.Caller().Id;
        var decided = await DecideAsync(found, state => ErasureDecisions.Refuse(state, hash, by), by, []);
        if (decided.First is not null || decided.Refusals is not { } refused || refused.Hash != hash || refused.Operator != by)
            return Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "There is no approval to take back", "Nobody has approved that plan, or it has been finally approved, or it has changed."));
        return await ToldAsync(request, decided, $"plan-refused-{refused.Number}", new PlanRefused(decided.Id, decided.Due.On, hash), cancellation)
            ?? Results.Json(new Approval(decided.Id, hash, decided.Status, WaitsForSecond: null), RecordJson.Options);
    }

    private static async Task<(string Hash, IResult? Refusal)> ReadAsync(HttpRequest request, string incomplete, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, incomplete, cancellation);
        var hash = form["hash"];
        if (hash.Length != HashDigits || !hash.All(char.IsAsciiHexDigitLower))
            form.Refuse("hash", "Give the plan's hash: 64 hexadecimal digits, as the plan shows it.");
        return (hash, form.Refusal);
    }

    // What stands of the plan says whether it was decided before.
    private Task<ErasureRequest> DecideAsync(ErasureRequest found, Func<ErasureRequest, Decision> decide, string by, IReadOnlyList<Intent> intents) =>
        cases.ExecuteAsync(found.Id, $"approve-{Guid.NewGuid():N}", by, decide, intents, CancellationToken.None);

    private async Task<IResult> WaitsAsync(HttpRequest request, ErasureRequest decided, FirstApproval first, CancellationToken cancellation) =>
        await ToldAsync(
            request, decided, $"plan-second-{first.Hash}-{decided.Refusals?.Number ?? 0}", new PlanNeedsSecond(decided.Id, decided.Due.On, first.Hash), cancellation)
        ?? Results.Json(new Approval(decided.Id, first.Hash, decided.Status, WaitsForSecond: true), RecordJson.Options, statusCode: StatusCodes.Status202Accepted);

    // What was decided stands if this mail does not go out, and a repetition tries it once more.
    private async Task<IResult?> ToldAsync(HttpRequest request, ErasureRequest decided, string mail, OfficerDraft letter, CancellationToken cancellation)
    {
        try
        {
            await officer.TellOnceAsync(decided.Id, mail, letter, cancellation);
            return null;
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, new(
                "The Data Protection Officer could not be told", "What you decided is noted. Please send it again, so that we try to tell them once more."));
        }
    }

    private static IResult Changed(ErasureRequest state)
    {
        var (title, words) = state.IsClosed || state.Refusal is not null
            ? ("The plan does not wait any more", "The request was refused or withdrawn.")
            : ("The plan has changed", "This is not the plan that waits. Look at the newest one and approve that, if you agree with it.");
        return Results.Problem(
            words, statusCode: StatusCodes.Status409Conflict, title: title,
            extensions: new Dictionary<string, object?> { ["currentHash"] = state.PlanHash });
    }

    private sealed record Approval(CaseId Reference, string Hash, CaseStatus Status, bool? WaitsForSecond);
}
