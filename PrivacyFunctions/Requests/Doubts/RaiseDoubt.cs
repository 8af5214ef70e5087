using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Doubts;

/// <summary>
/// An operator doubts, for a reason, that a request is its person's own (GDPR art. 12(6); L9). The person is asked by mail what shows it, and nobody
/// decides until the doubt is over. The first doubt stands; repeating it tries the mail once more, and changes nothing else.
/// </summary>
internal sealed class RaiseDoubt(CaseStore cases, RequestKinds kinds, MessageOwners owners, MailboxOwners mailboxes, CaseMails mails, CaseLinks links, LegalTime time)
{
    /// <summary>Where a doubt is raised.</summary>
    public const string Route = "api/operator/cases/{id}/doubt";

    [Function(nameof(RaiseDoubt))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("ground", "Why it may not be the person's own request.", Codes = typeof(DoubtGround))]
    [Answers<Doubted>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, string id, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The doubt is not complete", cancellation);
        var ground = form.Code<DoubtGround>("ground", "Say why you doubt that the request is the person's own");
        if (form.Refusal is { } wrong) return wrong;
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);

        var (today, by) = (time.DateOf(await time.NowAsync(cancellation)), request.Caller().Id);
        if (found.Doubt is null)
        {
            if (!DoubtDecisions.IsPossible(found)) return Unread.OrDoubt(request, found) ?? NotNow(request);
            await owners.TryNoteAsync(found, cancellation);
            if (await mailboxes.AreOthersAsync(found.Id, cancellation)) return Untold.MailboxChanged(request);
            found = await cases.ExecuteAsync<SubjectRequest>(
                found.Id, "doubt", by, state => DoubtDecisions.Raise(state, ground, by), [], cancellation);
            if (found.Doubt is null) return Unread.OrDoubt(request, found) ?? NotNow(request);
        }

        return found is { IsClosed: false, Doubt.Outcome: DoubtOutcome.Open } ? await AskAsync(request, found, by, today) : Shown(found, isTold: null);
    }

    private async Task<IResult> AskAsync(HttpRequest request, SubjectRequest doubted, string by, DateOnly today)
    {
        var isOver = today > doubted.Due.On; // no day that is over is promised, and nothing stops what has run out
        try
        {
            var isTold = await mails.TrySendOnceAsync(
                doubted.Id, "doubt-raised",
                new DoubtRaised(
                    doubted.Id, kinds.ProofOf(doubted.Kind), doubted.Doubt!.Ground, isOver ? null : doubted.DueOn,
                    StopsClock: !isOver && doubted.ClockStopWith(days: 1).ByPolicy > 0, links.ToMessage(doubted.Id)),
                CancellationToken.None);
            if (isTold)
                doubted = await cases.ExecuteAsync<SubjectRequest>(
                    doubted.Id, "doubt-asked", by, state => DoubtDecisions.Ask(state, by, today), [], CancellationToken.None);
            return Shown(doubted, isTold);
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, new(
                "The person could not be asked yet", "Your doubt is noted, and nobody decides about the request. Please send it again, so that we try once more."));
        }
    }

    private static IResult Shown(SubjectRequest doubted, bool? isTold) =>
        Results.Json(new Doubted(doubted.Id, doubted.Doubt!.Ground, doubted.Doubt.Outcome, doubted.AskedOn, isTold), RecordJson.Options);

    private static IResult NotNow(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "More proof cannot be asked for now",
        "An erasure can be doubted, once, as long as its plan waits and nothing was deleted. A copy of data goes to nobody but the mailbox; what else worries you, ask the person in a message."));

    /// <summary>How the doubt stands; <paramref name="Told"/> is false where no mail reaches the person.</summary>
    private sealed record Doubted(CaseId Reference, DoubtGround Ground, DoubtOutcome Outcome, DateOnly? AskedOn, bool? Told);
}
