using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// The page behind the mailed link, and its button. Opening the page changes nothing, because mail scanners open every
/// link; only the button's POST confirms, once, however often it is pressed. Opened again later, it says how the request stands.
/// </summary>
internal sealed class ConfirmRequest(
    CaseStore cases, RequestKinds kinds, MessageOwners owners, LinkTokens tokens, LegalTime time, IntentDispatcher dispatcher)
{
    private const string Route = "confirm/{token}";

    [Function(nameof(ShowConfirmation))]
    [ForEverybody]
    public async Task<IResult> ShowConfirmation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var read = tokens.Read(LinkPurpose.Confirm, token, now);
        if (read is not LinkToken.Valid { Case: var id }) return BrokenLink.Answer(request, read);

        return await cases.FindAsync(id, cancellation) switch
        {
            { Case: SubjectRequest { CanBeConfirmed: true } asked } =>
                Replies.Done(request, 200, Question(asked, kinds.ProofOf(asked.Kind), token), new { confirmBy = "POST" }),
            { Case: SubjectRequest asked } => Stand(request, asked, time.DateOf(now)),
            _ => BrokenLink.Answer(request, new LinkToken.Expired(id)),
        };
    }

    [Function(nameof(ConfirmRequest))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        string token,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var read = tokens.Read(LinkPurpose.Confirm, token, now);
        if (read is not LinkToken.Valid { Case: var id }) return BrokenLink.Answer(request, read);

        if (await cases.FindAsync(id, cancellation) is not { Case: SubjectRequest }) return BrokenLink.Answer(request, new LinkToken.Expired(id));

        var confirmed = await cases.ExecuteAsync<SubjectRequest>(
            id, "confirm", Actors.Subject, RequestDecisions.Confirm, [Intent.Wake], cancellation);
        await dispatcher.TryDispatchAsync(client, id, cancellation);
        if (!confirmed.IsClosed && !confirmed.CanBeConfirmed)
            await owners.TryNoteAsync(confirmed, CancellationToken.None); // while the mailbox is surely theirs
        return Stand(request, confirmed, time.DateOf(now));
    }

    private IResult Stand(HttpRequest request, SubjectRequest asked, DateOnly today) => asked.Outcome switch
    {
        CaseOutcome.NotIdentified or CaseOutcome.AnsweredByAnotherCase when asked.IsClosed =>
            BrokenLink.Answer(request, new LinkToken.Expired(asked.Id)),
        CaseOutcome.Withdrawn => Replies.Refused(request, StatusCodes.Status410Gone, Says.Withdrawn.Write(("reference", asked.Id))),
        CaseOutcome.Refused => Replies.Refused(request, StatusCodes.Status410Gone, Says.Refused.Write(("reference", asked.Id))),
        _ => Replies.Done(request, 200, Thanks(asked, today), new { reference = asked.Id.Value, answerBy = today <= asked.Due.On ? asked.Due.On : (DateOnly?)null }),
    };

    private static Notice Question(SubjectRequest asked, ProofWords words, string token)
    {
        var (title, about, yes) = asked.AskedByAgent
            ? (Says.PersonsTitle, TextFolder.English.Paragraphs("requests/question-to-the-person", ("words", words)), Says.PersonsYes)
            : (words.Question, [Says.Asked.Write(("next", words.Next)), words.NotYouNext], Says.Yes);
        var page = new Notice(title, about) { Button = new(yes, $"/confirm/{token}") };
        return words.Instead is { } instead
            ? page with { Words = [.. about, instead.Words], Also = new(instead.Link, instead.Path, IsAside: true) }
            : page;
    }

    private Notice Thanks(SubjectRequest confirmed, DateOnly today) => new(
        Says.Thanks,
        confirmed switch
        {
            { Status: CaseStatus.Offered } => Says.Offered,
            { Status: CaseStatus.Closed } => Says.Closed,
            { Status: CaseStatus.Restricted } => Says.Restricted,
            { Status: CaseStatus.Lifting } => Says.Lifting,
            { Status: CaseStatus.Correcting or CaseStatus.AwaitingDecision } => Says.Sent,
            { Status: CaseStatus.Erased } => Says.Erased,
            { Due.On: var due } when today <= due => Says.UnderWayUntil.Write(("words", kinds.ProofOf(confirmed.Kind).UnderWay), ("day", due)),
            // Resumed after the day on which an answer was due.
            _ => Says.UnderWay.Write(("words", kinds.ProofOf(confirmed.Kind).UnderWay)),
        },
        Says.NotYou,
        Says.Reference.Write(("reference", confirmed.Id)));

    private static ConfirmationText Says => PageText.Of<ConfirmationText>();
}
