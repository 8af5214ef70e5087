using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Doubts;

/// <summary>
/// An operator who has read what the person wrote says whether they are identified. What they sent to show it is destroyed, and only that somebody
/// decided it stays. Who is not identified is told why, where to complain and how to ask again, before the case is closed (GDPR art. 11(2), 12(2), 12(4)).
/// The first word stands; repeating it finishes what a crash left.
/// </summary>
internal sealed class EndDoubt(
    CaseStore cases, RequestKinds kinds, SentProofs proofs, ToldClosing closing, SiteLinks links, LegalTime time)
{
    [Function(nameof(EndDoubt))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("outcome", "Whether the person is identified.", Codes = typeof(DoubtEnd))]
    [Takes("told", "\"yes\" if no mail reaches the person, and you have told them another way.", IsOptional = true)]
    [Answers<Ended>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{RaiseDoubt.Route}/end")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The decision is not complete", cancellation);
        var (outcome, isToldByHand) = (
            form.Code<DoubtEnd>("outcome", "Say whether the person is identified"), form.IsYes("told", "if you have told the person another way"));
        if (form.Refusal is { } wrong) return wrong;
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);

        if (found is { IsClosed: false, Doubt.Outcome: DoubtOutcome.Open })
        {
            if (Unread.Refusal(request, found) is { } unread) return unread;
            var (today, by) = (time.DateOf(await time.NowAsync(cancellation)), request.Caller().Id);
            found = await cases.ExecuteAsync<SubjectRequest>(
                found.Id, "end-doubt", by,
                state => DoubtDecisions.End(
                    state, outcome == DoubtEnd.Identified, by, MessageDecisions.GoOn(state, by, new(today, time.ClockStartsOn(state), time.Calendars))),
                [], cancellation);
            if (found is { IsClosed: false, Doubt.Outcome: DoubtOutcome.Open }) return Unread.Refusal(request, found) ?? ToldClosing.NotAtWork(request);
        }

        if (found.Doubt is null) return NoDoubt(request);
        await proofs.DestroyAsync(found, CancellationToken.None);
        if (found is not { IsClosed: false, Doubt.Outcome: DoubtOutcome.NotIdentified }) return Shown(found, isTold: null);
        var letter = new DoubtRemains(
            found.Id, kinds.ProofOf(found.Kind), found.Doubt.Ground, Standings.WhatStaysRefused(found), links.AskFor(found.Kind.Name));
        return await closing.EndAsync(request, found, "doubt-not-identified", letter, DoubtDecisions.Close, isToldByHand, Shown, client);
    }

    private static IResult Shown(SubjectRequest found, bool? isTold) =>
        Results.Json(new Ended(found.Id, found.Doubt!.Outcome, found.Status, found.DueOn, isTold), RecordJson.Options);

    private static IResult NoDoubt(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "Nobody doubts that this is the person's own request", "So there is nothing to end."));

    /// <summary>What was decided; <paramref name="Told"/> is false where the operator told the person, as no mail reaches them.</summary>
    private sealed record Ended(CaseId Reference, DoubtOutcome Outcome, CaseStatus Status, DateOnly? DueOn, bool? Told);
}
