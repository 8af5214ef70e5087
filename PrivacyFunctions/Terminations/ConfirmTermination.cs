using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// The page behind the mailed link, and its button. Opening the page changes nothing; the button's POST ends the account,
/// once, if whoever holds the mailbox owns it. The day of the POST is the termination date (L8). Opened again later, the page
/// says how the end stands.
/// </summary>
internal sealed class ConfirmTermination(
    CaseStore cases, Contacts contacts, AccountOwners owners, TerminationStart start, LinkTokens tokens, LegalTime time,
    IntentDispatcher dispatcher)
{
    private const string Route = "accounts/end/{token}";

    private static readonly Notice NotKnownYet = new(
        "Please try again in a few minutes", "Another request is about to end this account. Nothing was changed by this one.");

    [Function(nameof(ShowTermination))]
    [ForEverybody]
    public async Task<IResult> ShowTermination(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (asked, refusal) = await FindAsync(request, token, cancellation);
        return asked is null
            ? refusal!
            : asked.Status == TerminationStatus.AwaitingConfirmation
            ? Replies.Done(request, 200, Question(asked, token), new { account = asked.Account.Value, confirmBy = "POST" })
            : Stand(request, asked);
    }

    [Function(nameof(ConfirmTermination))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (asked, refusal) = await FindAsync(request, token, cancellation);
        if (asked is null) return refusal!;

        try
        {
            var ended = await DecideAsync(asked, cancellation);
            await dispatcher.TryDispatchAsync(client, asked.Id, cancellation);
            return ended is null ? BrokenLink.Answer(request, new LinkToken.Expired(asked.Id)) : Stand(request, ended);
        }
        catch (AccountBeingEndedException)
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, NotKnownYet);
        }
    }

    private static IResult Stand(HttpRequest request, Termination asked) => asked switch
    {
        { Outcome: CaseOutcome.NotTheOwner } => Replies.Refused(request, 403, NotTheOwner(asked)),
        { Outcome: CaseOutcome.AnsweredByAnotherCase } => Replies.Refused(request, 409, EndsAlready(asked)),
        { Status: TerminationStatus.Undone } or { Outcome: CaseOutcome.Undone } => Replies.Refused(request, 410, GoesOn(asked)),
        { IsClosed: false, Status: not TerminationStatus.NotConfirmed, Dates: { } dates } => Replies.Done(
            request, 200, Ends(asked, dates),
            new { reference = asked.Id.Value, dates.TerminatedOn, dates.UndoOn, dates.PurgeOn, dates.Deadline }),
        _ => BrokenLink.Answer(request, new LinkToken.Expired(asked.Id)),
    };

    // Null when the mailbox is forgotten already: then the case is over.
    private async Task<Termination?> DecideAsync(Termination asked, CancellationToken cancellation)
    {
        if (asked.Status != TerminationStatus.AwaitingConfirmation) return asked;
        if (await contacts.FindAsync(asked.Id, cancellation) is not { } contact) return null;
        var isOwner = await owners.OwnsAsync(contact.Address, asked.Account, cancellation);
        var now = await time.NowAsync(cancellation);
        return await start.TakeEffectAsync(asked, isOwner, now, Actors.Subject, [Intent.Wake], cancellation);
    }

    private async Task<(Termination? Asked, IResult? Refusal)> FindAsync(
        HttpRequest request, string token, CancellationToken cancellation)
    {
        var read = tokens.Read(LinkPurpose.EndAccount, token, await time.NowAsync(cancellation));
        if (read is not LinkToken.Valid { Case: var id }) return (null, BrokenLink.Answer(request, read));
        return await cases.FindAsync(id, cancellation) is { Case: Termination asked }
            ? (asked, null)
            : (null, BrokenLink.Answer(request, new LinkToken.Expired(id)));
    }

    private static Notice Question(Termination asked, string token) => new(
        $"End the account {asked.Account}?",
        $"If you press the button, the account ends today. You can undo it for {asked.Plan.UndoDays} days and download a copy "
            + "of its data until we delete it.",
        "If you did not ask for this, close this page: the account goes on.")
    {
        Button = new("Yes, end the account", $"/accounts/end/{token}"),
    };

    private static Notice Ends(Termination ended, TerminationDates dates) => new(
        $"The account {ended.Account} ends",
        ended.Status == TerminationStatus.Undoable
            ? $"You can undo it until the end of {TextFolder.English.Language.Write(dates.UndoOn)}; the link is in our mail."
            : "It can no longer be undone.",
        $"You can download a copy of its data until we begin to delete it, on {TextFolder.English.Language.Write(dates.PurgeOn)} at the earliest. "
            + $"All of it is deleted by {TextFolder.English.Language.Write(dates.Deadline)}.",
        $"Your reference: {ended.Id}");

    private static Notice NotTheOwner(Termination asked) => new(
        "You cannot end this account",
        $"The account {asked.Account} does not exist, or this mailbox is not its owner's. Nothing was changed.",
        "Check the number, or ask the account's owner. If you think that this is a mistake, write to our Data Protection Officer.")
    {
        Next = new("Ask with another number", "/accounts/end"),
    };

    private static Notice GoesOn(Termination undone) => new(
        "This request was undone",
        $"It does not end the account {undone.Account}. If you want to end it after all, ask again.")
    {
        Next = new("Ask to end the account", "/accounts/end"),
    };

    private static Notice EndsAlready(Termination asked) => new(
        "The account was already ending",
        $"When you confirmed this request, another one was already ending the account {asked.Account}. Our mails about that one say "
            + "how it stands. If its end was undone since, you can ask again.")
    {
        Next = new("Ask to end the account", "/accounts/end"),
    };
}
