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
            ? Replies.Done(request, 200, Says.Question.Write($"/accounts/undo/{token}", ("account", ended.Account)), new { account = ended.Account.Value, undoBy = "POST" })
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
            : Replies.Refused(request, 403, Says.NotTheOwner.Write(("account", ended.Account)));
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
            : NoSuch.Case(request);

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
            ? Replies.Done(request, 200, Says.GoesOn.Write(("account", after.Account), ("reference", after.Id)), new Goes(after.Account.Value, Undone: true))
            : Replies.Refused(request, 410, TooLate(after));

    private static Notice TooLate(Termination ended) => new(
        Says.TooLate,
        ended.Dates is { } dates ? Says.WasUndoable.Write(("account", ended.Account), ("day", dates.UndoOn)) : Says.Final.Write(("account", ended.Account)),
        ended is { OfferedUntil: { } until, ExportDeleted: false } ? Says.Copy.Write(("until", until)) : Says.Help);

    private static UndoingText Says => PageText.Of<UndoingText>();

    private sealed record Goes(string Account, bool Undone);
}
