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
/// Undoes an account's end within its window: by the owner, behind the mailed link and a button, or by an operator. Of an undo
/// and the window's end, or an erasure request, the first committed wins. Whoever has the link and owns the account no more can
/// undo nothing.
/// </summary>
internal sealed class UndoTermination(
    CaseStore cases, OwnersRights rights, LinkTokens tokens, LegalTime time, IntentDispatcher dispatcher)
{
    private const string Route = "accounts/undo/{token}";

    [Function(nameof(ShowUndo))]
    [ForEverybody]
    public async Task<IResult> ShowUndo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (ended, refusal) = await FindAsync(request, token, cancellation);
        if (ended is null) return refusal!;
        return ended.Status == TerminationStatus.Undoable
            ? Replies.Done(request, 200, Question(ended, token), new { account = ended.Account.Value, undoBy = "POST" })
            : Answer(request, ended);
    }

    [Function(nameof(UndoTermination))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (ended, refusal) = await FindAsync(request, token, cancellation);
        if (ended is null) return refusal!;
        return ended.Status != TerminationStatus.Undoable || await rights.AreStillTheirsAsync(ended, cancellation)
            ? await UndoAsync(request, ended.Id, Actors.Subject, client, cancellation)
            : Replies.Refused(request, 403, NotTheOwner(ended));
    }

    /// <summary>Undoes the end of an account for its owner, or of one that the company ended by mistake.</summary>
    [Function(nameof(UndoByOperator))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver)]
    [Answers<Goes>]
    public async Task<IResult> UndoByOperator(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/undo")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await cases.FindAsync<Termination>(id, cancellation) is { } ended
            ? await UndoAsync(request, ended.Id, request.Caller().Id, client, cancellation)
            : Replies.Refused(request, 404, new("There is no such termination", "A case's reference has 32 digits."));

    private async Task<IResult> UndoAsync(
        HttpRequest request, CaseId id, string actor, DurableTaskClient client, CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var after = await cases.ExecuteAsync<Termination>(
            id, "undo", actor, state => TerminationDecisions.Undo(state, now), [Intent.Wake], cancellation);
        await dispatcher.TryDispatchAsync(client, id, cancellation);
        return Answer(request, after);
    }

    private async Task<(Termination? Ended, IResult? Refusal)> FindAsync(
        HttpRequest request, string token, CancellationToken cancellation)
    {
        var read = tokens.Read(LinkPurpose.Undo, token, await time.NowAsync(cancellation));
        var id = read switch
        {
            LinkToken.Valid valid => valid.Case,
            LinkToken.Expired expired => expired.Case, // the answer names the account and says what happens to it
            _ => default(CaseId?),
        };
        return id is { } known && await cases.FindAsync(known, cancellation) is { Case: Termination ended }
            ? (ended, null)
            : (null, BrokenLink.Answer(request, read));
    }

    private static IResult Answer(HttpRequest request, Termination after) =>
        after.Status == TerminationStatus.Undone || after.Outcome == CaseOutcome.Undone
            ? Replies.Done(request, 200, GoesOn(after), new Goes(after.Account.Value, Undone: true))
            : Replies.Refused(request, 410, TooLate(after));

    private static Notice Question(Termination ended, string token) => new(
        $"Keep the account {ended.Account}?",
        "If you press the button, the account goes on as before.")
    {
        Button = new("Yes, keep my account", $"/accounts/undo/{token}"),
    };

    private static Notice NotTheOwner(Termination ended) => new(
        "You cannot undo this any more",
        $"The account {ended.Account} has another owner now, or this mailbox is not its owner's any more. Nothing was changed.",
        "If you think that this is a mistake, write to our Data Protection Officer.");

    private static Notice GoesOn(Termination undone) => new(
        $"The account {undone.Account} goes on",
        "Its end is undone. Nothing of its data was deleted.",
        $"Your reference: {undone.Id}");

    private static Notice TooLate(Termination ended) => new(
        "It is too late to undo this",
        ended.Dates is { } dates
            ? $"The end of the account {ended.Account} could be undone until {TextFolder.English.Language.Write(dates.UndoOn)}, unless its owner asked "
                + "us to erase their data before."
            : $"The end of the account {ended.Account} can no longer be undone.",
        ended is { OfferedUntil: { } until, ExportDeleted: false }
            ? $"You can still download a copy of its data until {TextFolder.English.Language.Write(until)}: the link is in our mail."
            : "If you need help, write to our Data Protection Officer.");

    private sealed record Goes(string Account, bool Undone);
}
