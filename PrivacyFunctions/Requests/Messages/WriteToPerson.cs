using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>
/// Lets an operator write to the person about their request, or ask them what is needed to go on (GDPR art. 12(2), (6)). What the person wrote
/// has to be read before. It is noted once the mail has gone out; the same Idempotency-Key with the same words is the same message.
/// </summary>
internal sealed class WriteToPerson(
    CaseStore cases, CaseMessages messages, CaseMails mails, MessageOwners owners, MailboxOwners mailboxes, People people, ViewLog views, CaseLinks links, LegalTime time)
{
    [Function(nameof(WriteToPerson))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("text", "What you write to the person: 1 to 4,000 characters.")]
    [Takes("asks", "\"yes\" if you cannot go on without an answer.", IsOptional = true)]
    [Takes("submission", "The key by which a repetition is known, where no Idempotency-Key is sent.", IsOptional = true)]
    [Answers<Sent>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ShowMessages.Route)] HttpRequest request, string id, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The message is not complete", cancellation);
        var (words, asks) = (MessageWords.Read(form["text"]), form.IsYes("asks", "if you cannot go on without an answer"));
        if (words is null) form.Refuse("text", $"Write to the person, in {MessageWords.Limits.Least} to {MessageWords.Limits.Most} characters.");
        if (form.Refusal is { } refusal) return refusal;
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);

        var by = request.Caller().Id;
        var name = MessageWords.NameOf(people, found.Id, SubmissionKey.Of(request, form["submission"]), asks ? $"{by} asks" : by, words!);
        found = await NoteReadAsync(found, by, cancellation);
        if (await mails.SentAtAsync(found.Id, StepOf(name), cancellation) is null && MessageDecisions.WhyNotFromUs(found, asks) is { } bar)
            return Barred(request, found, bar);

        await owners.TryNoteAsync(found, cancellation);
        if (await mailboxes.AreOthersAsync(found.Id, cancellation)) return Untold.MailboxChanged(request);
        var now = await time.NowAsync(cancellation);
        if (await NotToldAsync(request, found, name, words!, asks, time.DateOf(now)) is { } notTold) return notTold;
        await messages.KeepAsync(found.Id, name, MessageFrom.Us, words!, [], now, CancellationToken.None); // what did not go out was not written
        var sent = await cases.ExecuteAsync<SubjectRequest>(
            found.Id, StepOf(name), by, state => MessageDecisions.Send(state, name, asks, by, time.DateOf(now)), [], CancellationToken.None);
        return Results.Json(new Sent(sent.Id, name, sent.AskedOn), RecordJson.Options);
    }

    // Who has seen all that there is has read it.
    private async Task<SubjectRequest> NoteReadAsync(SubjectRequest found, string by, CancellationToken cancellation) =>
        found.Correspondence is { Unread: > 0, FromPerson: var number } && await views.HasSeenAsync(found.Id, by, MessageWords.ViewOf(number), cancellation)
            ? await NoteMessagesRead.NoteAsync(cases, found.Id, number, by, cancellation)
            : found;

    private async Task<IResult?> NotToldAsync(HttpRequest request, SubjectRequest found, string name, string words, bool asks, DateOnly today)
    {
        try
        {
            var isOver = today > found.Due.On; // no day that is over is promised, and nothing stops what has run out
            var letter = new MessageToPerson(
                found.Id, FreeText.Paragraphs(words), asks, isOver ? null : found.DueOn, StopsClock: !isOver && found.ClockStopWith(days: 1).ByPolicy > 0,
                links.ToMessage(found.Id));
            return await mails.TrySendOnceAsync(found.Id, StepOf(name), letter, CancellationToken.None) ? null : Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "No mail reaches this person", "Our mail provider refuses their address for good. Nothing was noted."));
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, new(
                "The message may not have gone out", "It is not sure that our mail provider took it. Please send it again, with the same Idempotency-Key."));
        }
    }

    private static IResult Barred(HttpRequest request, SubjectRequest found, MessageBar bar) =>
        Unread.Refusal(request, found) ?? Replies.Refused(request, StatusCodes.Status409Conflict, bar switch
        {
            MessageBar.NothingOwed => new("No answer is owed now", "So nothing has to be asked for it. Leave out \"asks\" to write all the same."),
            MessageBar.GoesOn => new("The case does not wait for you", "Its workflow would go on without the answer. Pause it first: POST /api/operator/cases/{id}/pause."),
            MessageBar.NoMailbox => new("No mail reaches this person", $"Write to them by letter: GET /api/operator/cases/{found.Id}/postal-address says where it goes."),
            MessageBar.NotProven => new("Nobody has proven the mailbox", "You can write to the person once they have confirmed their request."),
            _ => new("The case is closed", "We have forgotten the address of its person."),
        });

    private static string StepOf(string name) => $"message-{name}";

    /// <summary>What was sent; <paramref name="AskedOn"/> says since when the person is asked for something.</summary>
    private sealed record Sent(CaseId Reference, string Name, DateOnly? AskedOn);
}
