using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// An operator enters the company's own decision to end an account. Where the company wants two people to decide, it takes effect once a second
/// operator has entered the same within a week, else at once; the owner is told, if the company knows a mailbox. The same Idempotency-Key is the same decision.
/// </summary>
internal sealed class EnterTermination(
    CaseStore cases, NewCases newCases, Contacts contacts, People people, AccountOwners owners, EndAgreement agreement, ProposedEnds proposed,
    TerminationStart start, LegalTime time, IntentDispatcher dispatcher, DataMapRegister map)
{
    [Function(nameof(EnterTermination))]
    [ForRoles(CallerRole.Approver)]
    [Takes("account", "The number of the account.")]
    [Takes("ownerMayUndo", "\"no\" if its owner cannot undo it; else \"yes\", or leave it out.", IsOptional = true)]
    [Takes("submission", "The key by which a repetition is known, where no Idempotency-Key is sent.", IsOptional = true)]
    [Answers<Entered>(StatusCodes.Status202Accepted)]
    [Answers<EndAgreement.Proposed>(StatusCodes.Status202Accepted)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/terminations")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (map.Accounts is null)
            return Replies.Refused(request, 404, new(
                "There are no accounts to end here",
                "The company's data map names no register of customer accounts: no data set has 'ownership'."));
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        List<Mistake> unknown = [.. fields.MistakesBeyond(TakenFields.Of(request))];
        if (unknown.Count > 0) return Replies.Refused(request, 400, "The decision is not complete", unknown);
        if (!map.TryReadAccount(fields["account"], out var account))
            return Replies.Refused(request, 400, new("The decision is not complete", "Name the account to end."), "account");
        if (fields["ownerMayUndo"] is not ("" or "yes" or "no"))
            return Replies.Refused(
                request, 400, new("The decision is not complete", "ownerMayUndo is \"yes\" (or missing) or \"no\"."), "ownerMayUndo");
        if (!await owners.ExistsAsync(account, cancellation))
            return Replies.Refused(request, 404, new("There is no such account", $"The company knows no account {account}."), "account");

        var id = people.CaseOf(CaseKind.Termination, SubmissionKey.Of(request, fields), account);
        var ownerMayUndo = fields["ownerMayUndo"] != "no";
        string? first = null;
        switch (await cases.FindAsync(id, cancellation))
        {
            case null:
                (first, var answer) = await agreement.OnAsync(request, id, account, ownerMayUndo, cancellation);
                if (answer is not null) return answer;
                break;
            case { Case: Termination { Status: TerminationStatus.Undone } or Termination { Outcome: CaseOutcome.Undone } }:
                return Replies.Refused(request, StatusCodes.Status409Conflict, new(
                    "This end was undone", "The account goes on. If it is to end after all, enter the decision with another Idempotency-Key.",
                    $"Reference of the decision that was undone: {id}"));
        }

        var entered = await StoreAsync(id, account, ownerMayUndo, request.Caller(), first, cancellation);
        await proposed.ForgetAsync(account, id, CancellationToken.None);
        var ended = await TryTakeEffectAsync(entered, request.Caller(), cancellation);
        await dispatcher.TryDispatchAsync(client, id, cancellation);
        if (ended is null) return Waits(id);
        if (ended.IsClosed) await contacts.ForgetAsync(id, cancellation); // its workflow was never needed
        return ended is { Dates: { } dates }
            ? Results.Json(
                new Entered(id, dates.TerminatedOn, dates.UndoOn, dates.PurgeOn, dates.Deadline), RecordJson.Options,
                statusCode: StatusCodes.Status202Accepted)
            : Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "The account is already ending",
                "Another case ends it; this decision was noted and changes nothing. If its owner asked, the owner can undo it until "
                    + "the window is over: enter the decision again if that happens.",
                $"Reference of this decision: {id}"));
    }

    /// <returns>Null when another case was about to end the account: this one's workflow tries until that is known.</returns>
    private async Task<Termination?> TryTakeEffectAsync(Termination entered, Caller by, CancellationToken cancellation)
    {
        try
        {
            return await start.TakeEffectAsync(entered, isOwner: true, entered.ReceivedAt, by.Id, [Intent.Wake], cancellation);
        }
        catch (AccountBeingEndedException)
        {
            return null;
        }
    }

    private static IResult Waits(CaseId id) => Results.Json(
        new Entered(id)
        {
            Waits = "Another request is about to end this account. If it does not, this decision takes effect within half an hour: look at "
                + "its case. It can be undone like any other.",
        },
        RecordJson.Options, statusCode: StatusCodes.Status202Accepted);

    private async Task<Termination> StoreAsync(
        CaseId id, AccountId account, bool ownerMayUndo, Caller caller, string? first, CancellationToken cancellation)
    {
        await cases.AnnounceAsync(id, cancellation);
        var entered = TerminationDecisions.Receive(
            id, account, TerminationBy.Company, await time.TerminationPlanAsync(cancellation), await time.NowAsync(cancellation))
            with { OwnerMayUndo = ownerMayUndo };
        return await owners.MailboxAsync(account, cancellation) is { } mailbox
            ? await newCases.StoreAsync(mailbox, entered, of => [Requested(of)], caller.Id)
            : await cases.CreateAsync(entered, [Requested(null)], caller.Id, cancellation);

        TerminationFact.TerminationRequested Requested(Contact? of) =>
            new(TerminationBy.Company, account, "operator", of?.Commitment) { EnteredFirstBy = first };
    }

    /// <summary>What was entered: the dates of the end, or why it waits.</summary>
    private sealed record Entered(
        CaseId Reference, DateOnly? TerminatedOn = null, DateOnly? UndoOn = null, DateOnly? PurgeOn = null, DateOnly? Deadline = null)
    {
        public string? Waits { get; init; }
    }
}
