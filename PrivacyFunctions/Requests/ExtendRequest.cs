using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Takes an operator's decision that an answer takes longer (GDPR art. 12(3); L2). The person is told first, with the reason: without a
/// notice that went out in time there is no extension, and the due date stays. Whom no mail reaches, or whose mailbox has come to somebody else, people tell by
/// letter, and then say on which day it was posted. Repeating it changes nothing.
/// </summary>
internal sealed class ExtendRequest(CaseStore cases, MailboxOwners owners, MailOrNote mail, CaseMails mails, LegalTime time)
{
    private const string Mail = "extended";

    [Function(nameof(ExtendRequest))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("reason", "Why it takes longer.", Codes = typeof(ExtensionReason))]
    [Takes("letterPostedOn", "Where no mail reaches the person: the day on which the letter was posted that tells them, like 2026-03-02.", IsOptional = true)]
    [Answers<Extension>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/extension")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The extension is not complete", cancellation);
        var (reason, postedOn) = (form.Code<ExtensionReason>("reason", "Give the reason"), form.Day("letterPostedOn"));
        if (form.Refusal is { } refusal) return refusal;
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);

        var today = time.DateOf(await time.NowAsync(cancellation));
        if (found.Extended is not null) return Shown(found);
        if (Extensions.WhyNot(found, found.Due.On) is { } never) return Barred(request, never); // before somebody posts a letter in vain
        var isByMail = found.HasMailbox && !await owners.AreOthersAsync(found.Id, cancellation) && !await IsRefusedAsync(found.Id, cancellation);
        if (isByMail && postedOn is not null) form.Refuse("letterPostedOn", "We tell this person by mail. Leave it out.");
        if (!isByMail && postedOn is null) form.Refuse("letterPostedOn", AskToPost(found, today));
        if (postedOn is { } day && !PostedDay.IsPossible(day, found, today)) form.Refuse("letterPostedOn", PostedDay.Impossible);
        if (form.Refusal is { } wrong) return wrong;
        // Told in time, by letter or before our host died: the date of the notice counts.
        if (postedOn is { } posted) today = posted;
        else if (today > found.Due.On && await mails.SentAtAsync(found.Id, Mail, cancellation) is { } told)
            today = time.DateOf((await time.ClockAsync(cancellation)).At(told));
        if (Extensions.WhyNot(found, today) is { } bar) return Barred(request, bar);

        var by = request.Caller().Id;
        var extended = (CaseFact.DueExtended)((Decision.Change)Decide(found)).Facts[0];
        try
        {
            if (isByMail && !await mail.SendAsync(found.Id, Mail, new AnswerTakesLonger(found.Id, reason, extended.Due.On), cancellation))
                return Replies.Refused(request, StatusCodes.Status409Conflict, new(
                    "No mail reaches this person", $"Our mail provider refuses their address for good, so the due date stays. {AskToPost(found, today)}"));
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, new(
                "The person could not be told", "It is not sure that our mail provider took the notice, so the due date stays. Please try again, with the same reason."));
        }

        // The date that the person was told, whatever they wrote in between; an earlier one if a letter joined that came before.
        return Shown(await cases.ExecuteAsync<SubjectRequest>(
            found.Id, "extend", by, state => Extensions.Told(Decide(state), extended), [], CancellationToken.None));

        Decision Decide(SubjectRequest state) => Extensions.Extend(state, reason, by, time.ClockStartsOn(state), today, time.Calendars, postedOn);
    }

    private async Task<bool> IsRefusedAsync(CaseId id, CancellationToken cancellation) =>
        (await cases.AuditAsync(id, cancellation)).Any(row => row.Entry.Fact is CaseFact.MailRefused { Mail: Mail });

    private static string AskToPost(SubjectRequest found, DateOnly today) => today > found.Due.On
        ? "No mail reaches this person. If they were told by letter in time, give the day on which it was posted, like 2026-03-02."
        : $"No mail reaches this person. Tell them by letter why the answer takes longer, by {TextFolder.English.Language.Write(found.Due.On)} at the latest. Then give the day on which it was posted, like 2026-03-02.";

    private static IResult Shown(SubjectRequest extended) => Results.Json(
        new Extension(extended.Id, extended.Extended, extended.Due.On), RecordJson.Options);

    private static IResult Barred(HttpRequest request, ExtensionBar bar) => Replies.Refused(request, StatusCodes.Status409Conflict, bar switch
    {
        ExtensionBar.TooLate => new(
            "It is too late for an extension", "The person has to know it within the first month. Answer as soon as you can."),
        _ => new("No answer is owed now", "The request is answered, waits for the person, or is done at once."),
    });

    /// <summary>What was decided; <paramref name="Reason"/> is null if the case was answered in the meantime.</summary>
    private sealed record Extension(CaseId Reference, ExtensionReason? Reason, DateOnly DueOn);
}
