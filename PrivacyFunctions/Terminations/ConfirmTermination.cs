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
            ? Replies.Done(request, 200, Says.Question.Write($"/accounts/end/{token}", ("account", asked.Account), ("days", asked.Plan.UndoDays)), new { account = asked.Account.Value, confirmBy = "POST" })
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
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, Says.NotKnownYet.Write());
        }
    }

    private static IResult Stand(HttpRequest request, Termination asked) => asked switch
    {
        { Outcome: CaseOutcome.NotTheOwner } => Replies.Refused(request, 403, Says.NotTheOwner.Write(ReceiveTermination.Path, ("account", asked.Account))),
        { Outcome: CaseOutcome.AnsweredByAnotherCase } => Replies.Refused(request, 409, Says.EndsAlready.Write(ReceiveTermination.Path, ("account", asked.Account))),
        { Status: TerminationStatus.Undone } or { Outcome: CaseOutcome.Undone } => Replies.Refused(request, 410, Says.Undone.Write(ReceiveTermination.Path, ("account", asked.Account))),
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

    private static Notice Ends(Termination ended, TerminationDates dates) => new(
        Says.Ends.Write(("account", ended.Account)),
        ended.Status == TerminationStatus.Undoable ? Says.Undoable.Write(("day", dates.UndoOn)) : Says.Final,
        Says.Copy.Write(("begin", dates.PurgeOn), ("end", dates.Deadline)),
        Says.Reference.Write(("reference", ended.Id)));

    private static EndingText Says => PageText.Of<EndingText>();
}
