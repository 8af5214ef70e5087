using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Takes an operator's decision to refuse a request as a whole, with an explanation for the person (GDPR art. 12(4), (5); L6). That it is
/// manifestly unfounded or excessive needs evidence. The first decision stands; repeating it changes nothing. The person is told before the case
/// is closed: after that their address is forgotten.
/// </summary>
internal sealed class RefuseRequest(
    CaseStore cases, RequestKinds kinds, Statements statements, ToldClosing closing, SiteLinks links, LegalTime time)
{
    [Function(nameof(RefuseRequest))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("ground", "Why the request is refused.", Codes = typeof(RefusalGround))]
    [Takes("evidence", "What shows that it is unfounded or excessive.", Codes = typeof(RefusalEvidence), AreSeveral = true, IsOptional = true)]
    [Takes("explanation", "The same in plain words, for the person: 1 to 4,000 characters.")]
    [Takes("told", "\"yes\" if no mail reaches the person, and you have told them another way.", IsOptional = true)]
    [Answers<Refused>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/refusal")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The refusal is not complete", cancellation);
        var (ground, evidence) = (form.Code<RefusalGround>("ground", "Give the ground"), form.Codes<RefusalEvidence>("evidence", "Say what shows it"));
        if (Refusals.NeedsEvidence(ground) && evidence.Count == 0)
            form.Refuse("evidence", $"The law has us prove it. Say what shows it: some of {DecisionForm.CodesOf<RefusalEvidence>()}.");
        if (!Refusals.NeedsEvidence(ground) && evidence.Count > 0) form.Refuse("evidence", "This ground needs no evidence. Leave it out.");
        var (words, isToldByHand) = (ArguedDecisions.Explanation(form), form.IsYes("told", "if you have told the person another way"));
        if (form.Refusal is { } wrong) return wrong;

        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        if (found.Refusal is null)
        {
            if (Unread.OrOpen(request, found) is { } unread) return unread;
            if (!Refusals.IsPossible(found)) return NotNow(request);
            found = await DecideAsync(found, ground, evidence, words, request.Caller().Id, cancellation);
            if (found.Refusal is null) return Unread.OrOpen(request, found) ?? NotNow(request);
        }

        return found.IsClosed ? Shown(found, isTold: null) : await TellAsync(request, found, isToldByHand, client);
    }

    private async Task<SubjectRequest> DecideAsync(
        SubjectRequest found, RefusalGround ground, IReadOnlyList<RefusalEvidence> evidence, string words, string by, CancellationToken cancellation)
    {
        var name = await statements.ExplainAsync(found.Id, words, await time.NowAsync(cancellation), cancellation);
        var refused = await cases.ExecuteAsync<SubjectRequest>(
            found.Id, "refuse", by, state => Refusals.Refuse(state, ground, evidence, name, by), [], CancellationToken.None);
        if (refused.Refusal?.Explanation != name) await statements.ForgetExplanationAsync(found.Id, name, CancellationToken.None);
        return refused;
    }

    private async Task<IResult> TellAsync(HttpRequest request, SubjectRequest refused, bool isToldByHand, DurableTaskClient client)
    {
        var explanation = FreeText.Paragraphs(await statements.ExplanationAsync(refused.Id, refused.Refusal!.Explanation, CancellationToken.None));
        var letter = new RequestRefused(
            refused.Id, refused.Refusal.Ground, explanation, Standings.WhatStaysRefused(refused), InsteadOf(refused.Kind, refused.Refusal.Ground));
        return await closing.EndAsync(request, refused, "refused", letter, Refusals.Close, isToldByHand, Shown, client);
    }

    // Whoever has no ground for what they asked may have one for something else.
    private Alternative? InsteadOf(CaseKind kind, RefusalGround ground) =>
        ground == RefusalGround.NoGround && kinds.Find(kind)?.Words.Proof?.Instead is { } instead
            ? new(instead.Words, instead.Link, links.Page(instead.Path))
            : null;

    private static IResult Shown(SubjectRequest refused, bool? isTold) =>
        Results.Json(new Refused(refused.Id, refused.Refusal?.Ground, refused.Status, isTold), RecordJson.Options);

    private static IResult NotNow(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "This request cannot be refused now",
        "An erasure can be, as long as its plan waits and nothing was deleted. Corrections, complaints and objections are decided one by one, and what is answered by post is refused with its answer. What needs no decision is answered free of charge."));

    /// <summary>What was decided; <paramref name="Told"/> is false where the operator told the person, as no mail reaches them.</summary>
    private sealed record Refused(CaseId Reference, RefusalGround? Ground, CaseStatus Status, bool? Told);
}
