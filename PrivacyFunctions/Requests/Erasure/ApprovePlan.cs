using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Takes an operator's approval of a plan, which binds to the plan's hash: of any other plan it is refused with 409 and the
/// hash of the one that waits. Repeating it is answered like the first time and changes nothing.
/// </summary>
internal sealed class ApprovePlan(CaseStore cases, IntentDispatcher dispatcher)
{
    private const int HashDigits = 64;

    [Function(nameof(ApprovePlan))]
    [ForRoles(CallerRole.Approver)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/plan/approval")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The approval is not complete", ["hash"], cancellation);
        var (hash, approver) = (form["hash"], request.Caller().Id);
        if (hash.Length != HashDigits || !hash.All(char.IsAsciiHexDigitLower))
            form.Refuse("hash", "Give the plan's hash: 64 hexadecimal digits, as the plan shows it.");
        if (form.Refusal is { } refusal) return refusal;

        if (await cases.FindAsync<ErasureRequest>(id, cancellation) is not { PlanHash: not null } found) return ShowPlan.NoPlan(request);
        if (found.ApprovedHash != hash && Unread.Refusal(request, found) is { } unread) return unread;

        var decided = await cases.ExecuteAsync<ErasureRequest>(
            found.Id, $"approve-{hash}", approver,
            state => ErasureDecisions.Approve(state, hash, approver), [Intent.Wake], cancellation);
        if (decided.ApprovedHash != hash || decided.Status == CaseStatus.AwaitingApproval) return Changed(decided);

        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return Results.Json(new Approval(found.Id, hash, decided.Status), RecordJson.Options);
    }

    private static IResult Changed(ErasureRequest state) => Results.Problem(
        "This is not the plan that waits. Look at the newest one and approve that, if you agree with it.",
        statusCode: StatusCodes.Status409Conflict, title: "The plan has changed",
        extensions: new Dictionary<string, object?> { ["currentHash"] = state.PlanHash });

    private sealed record Approval(CaseId Reference, string Hash, CaseStatus Status);
}
