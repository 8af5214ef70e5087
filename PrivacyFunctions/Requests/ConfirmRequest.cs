using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Links;
using PrivacyFunctions.Pages;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests;

/// <summary>
/// The page behind the mailed link, and its button. Opening the page changes nothing, because mail scanners open every
/// link; only the button's POST confirms, once, however often it is pressed.
/// </summary>
internal sealed class ConfirmRequest(CaseStore cases, LinkTokens tokens, LegalTime time, IntentDispatcher dispatcher)
{
    private const string Route = "confirm/{token}";

    [Function(nameof(ShowConfirmation))]
    public async Task<IResult> ShowConfirmation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request,
        string token, CancellationToken cancellation) =>
        tokens.Read(LinkPurpose.Confirm, token, await time.NowAsync(cancellation)) switch
        {
            LinkToken.Valid { Case: var id } => await cases.FindAsync(id, cancellation) is { Case: SubjectRequest asked }
                ? Replies.Done(request, 200, Question(RequestWords.Of(asked.Kind), token), new { confirmBy = "POST" })
                : BrokenLink.Answer(request, new LinkToken.Expired(id)),
            var refused => BrokenLink.Answer(request, refused),
        };

    [Function(nameof(ConfirmRequest))]
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
        return confirmed is { Status: CaseStatus.Closed, Outcome: not (CaseOutcome.Answered or CaseOutcome.Erased) }
            ? BrokenLink.Answer(request, new LinkToken.Expired(id))
            : Replies.Done(
                request, 200, Thanks(confirmed, time.DateOf(now)),
                new { reference = id.Value, answerBy = confirmed.Due.On });
    }

    private static Notice Question(RequestWords words, string token) => new(
        words.Question,
        $"Press the button if you did. {words.Next}",
        words.NotYouNext)
    {
        Button = new("Yes, it was me", $"/confirm/{token}"),
    };

    private static Notice Thanks(SubjectRequest confirmed, DateOnly today) => new(
        "Thank you, your request is confirmed",
        confirmed switch
        {
            { Status: CaseStatus.Offered } =>
                "Your data is ready. Look into your mailbox: the mail with the link to it is there or on its way.",
            { Status: CaseStatus.Closed } => "It is answered already.",
            { Due.On: var due } when today <= due => string.Create(
                CultureInfo.InvariantCulture,
                $"{RequestWords.Of(confirmed.Kind).UnderWay}, on {due:d MMMM yyyy} at the latest."),
            // Resumed after the day on which an answer was due.
            _ => $"{RequestWords.Of(confirmed.Kind).UnderWay}.",
        },
        $"Your reference: {confirmed.Id}");
}
