using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Subjects;
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
            ? Again(subscription.Newsletter, legal.DateOf(at), token)
            : Question(subscription.Newsletter, token);
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
            request, StatusCodes.Status200OK, Over(subscription.Newsletter),
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

    private static Notice Question(NewsletterName newsletter, string token) => new(
        $"Unsubscribe from \"{newsletter}\"?",
        $"Press the button to stop the newsletter \"{newsletter}\" at once.",
        GoesOn)
    {
        Button = new("Unsubscribe", $"/u/{token}"),
    };

    // The link does not tell who they are, so it cannot be looked up whether they subscribed again.
    private static Notice Again(NewsletterName newsletter, DateOnly day, string token) => new(
        $"The newsletter \"{newsletter}\" was stopped on {TextFolder.English.Language.Write(day)}",
        $"You do not get the newsletter \"{newsletter}\" any more, unless you have subscribed to it again since. "
        + "If you have and want to stop it, press the button.",
        GoesOn)
    {
        Button = new("Unsubscribe again", $"/u/{token}"),
    };

    private static Notice Over(NewsletterName newsletter) => new(
        $"You are unsubscribed from \"{newsletter}\"",
        $"You will not get the newsletter \"{newsletter}\" any more. You need not do anything else.",
        GoesOn)
    {
        Next = new("Stop all our advertising", "/requests/objection"),
    };

    private static readonly string GoesOn =
        $"Other newsletters stay as they are. {TextFolder.English.Paragraphs("parts/essential-messages").Single()}";

    private static IResult Broken(HttpRequest request) => Replies.Refused(request, StatusCodes.Status404NotFound, new(
        "This link does not work",
        "Perhaps a part of it was lost. Please copy the whole link from the mail into your browser's address line.",
        "Or write to our Data Protection Officer, whose address stands below: they take you off the list."));
}
