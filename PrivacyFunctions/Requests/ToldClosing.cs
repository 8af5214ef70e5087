using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Ends a case that an operator decided against its person: they are told first, since their address is forgotten with the closing, which the
/// workflow finishes. Whom no mail reaches an operator tells another way, and then says so. A repetition goes on where the one before stopped.
/// </summary>
internal sealed class ToldClosing(CaseStore cases, MailboxOwners owners, CaseMails mails, IntentDispatcher dispatcher)
{
    /// <summary>Does so.</summary>
    /// <param name="request">What is answered.</param>
    /// <param name="decided">The case with the decision.</param>
    /// <param name="mail">Which letter of the case: the idempotency key.</param>
    /// <param name="letter">What it says.</param>
    /// <param name="close">Closes the case, with whether the person was told by mail. A pure decision; it may be called several times.</param>
    /// <param name="isToldByHand">Whether the operator has told the person another way, should no mail reach them.</param>
    /// <param name="shown">The answer, with the case as it is then, and whether the person was told by mail.</param>
    /// <param name="client">Wakes the workflow.</param>
    public async Task<IResult> EndAsync(
        HttpRequest request, SubjectRequest decided, string mail, PersonDraft letter, Func<SubjectRequest, bool, Decision> close,
        bool isToldByHand, Func<SubjectRequest, bool?, IResult> shown, DurableTaskClient client)
    {
        if (!AttentionMarks.IsAtWork(decided.Attention)) return NotAtWork(request);
        try
        {
            var isTold = !await owners.AreOthersAsync(decided.Id, CancellationToken.None)
                && await mails.TrySendOnceAsync(decided.Id, mail, letter, CancellationToken.None);
            if (!isTold && !isToldByHand) return Untold.TellAnotherWay(request, decided.Id);
            var closed = await cases.ExecuteAsync<SubjectRequest>(
                decided.Id, $"close-{mail}", request.Caller().Id, state => close(state, isTold), [Intent.Wake], CancellationToken.None);
            await dispatcher.TryDispatchAsync(client, decided.Id, CancellationToken.None);
            return shown(closed, isTold);
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, new(
                "The person could not be told yet", "Your decision is noted, and the case stays open until they are told. Please send it again, so that we try once more."));
        }
    }

    /// <summary>The answer while the workflow could not end the case.</summary>
    public static IResult NotAtWork(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "The workflow of this case is paused or broken", "Let it go on first, so that it can end the case."));
}
