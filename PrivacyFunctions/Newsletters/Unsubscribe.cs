using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// The page behind a newsletter's unsubscribe link, and its POST, which is also the mail program's one click (RFC 8058): without
/// cookie, sign-in, origin or page before it, answered directly. Opening the page changes nothing: mail scanners open every link.
/// </summary>
internal sealed class Unsubscribe(UnsubscribeLinks links, Suppressions suppressions, LegalTime legal)
{
    private const string Route = "u/{token}";

    [Function(nameof(ShowUnsubscribe))]
    [ForEverybody]
    public async Task<IResult> ShowUnsubscribe(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        if (links.Read(token) is not { } subscription) return Broken(request);
        var since = await suppressions.SinceAsync(subscription, cancellation);
        var asked = since is { } at
            // The link does not tell who they are, so it cannot be looked up whether they subscribed again.
            ? Says.Again.Write($"/u/{token}", ("newsletter", subscription.Newsletter.Value), ("day", legal.DateOf(at)))
            : Says.Question.Write($"/u/{token}", ("newsletter", subscription.Newsletter.Value));
        return Replies.Done(
            request, StatusCodes.Status200OK, asked,
            new
            {
                newsletter = subscription.Newsletter.Value, unsubscribed = since is not null, unsubscribedAt = since,
                unsubscribeBy = "POST",
            });
    }

    [Function(nameof(Unsubscribe))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        if (links.Read(token) is not { } subscription) return Broken(request);

        // Whatever the body is, the link says all. And who hangs up has asked nevertheless: the write is not cancelled.
        var how = await IsOneClickAsync(request, cancellation) ? SuppressedBy.OneClick : SuppressedBy.Page;
        await suppressions.AddAsync(subscription, how, CancellationToken.None);
        return Replies.Done(
            request, StatusCodes.Status200OK, Says.Over.Write("/requests/objection", ("newsletter", subscription.Newsletter.Value)),
            new { newsletter = subscription.Newsletter.Value, unsubscribed = true });
    }

    private static async Task<bool> IsOneClickAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await Submission.ReadAsync(request, cancellation) is Submission.Fields fields
                && fields["List-Unsubscribe"] == "One-Click";
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false; // the sender hung up in the middle of a body that decides nothing
        }
    }

    private static IResult Broken(HttpRequest request) => Replies.Refused(request, StatusCodes.Status404NotFound, Says.Broken.Write());

    private static UnsubscribeText Says => PageText.Of<UnsubscribeText>();
}
