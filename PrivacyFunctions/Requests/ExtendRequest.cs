using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Takes an operator's decision that an answer takes longer (GDPR art. 12(3); L2). The person is told first, with the reason: without a
/// notice that went out in time there is no extension, and the due date stays. Repeating it changes nothing.
/// </summary>
internal sealed class ExtendRequest(CaseStore cases, CaseMails mails, LegalTime time)
{
    private static readonly string Reasons =
        string.Join(", ", Enum.GetNames<ExtensionReason>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    [Function(nameof(ExtendRequest))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/extension")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        if (fields.MistakesBeyond("reason").FirstOrDefault() is { } unknown) return Incomplete(request, unknown.Field, unknown.Words);
        if (!fields.TryReadCode<ExtensionReason>("reason", out var reason))
            return Incomplete(request, "reason", $"Give the reason: one of {Reasons}.");
        if (!CaseId.TryParse(id, out var parsed) || await cases.FindAsync(parsed, cancellation) is not { Case: SubjectRequest found })
            return Replies.Refused(
                request, StatusCodes.Status404NotFound, new("There is no such request", "A request's reference has 32 digits."));

        var today = time.DateOf(await time.NowAsync(cancellation));
        if (found.Extended is not null) return Shown(found);
        // Told in time, and then our host died: the date of the notice counts.
        if (today > found.Due.On && await mails.SentAtAsync(parsed, "extended", cancellation) is not null) today = found.Due.On;
        if (Extensions.WhyNot(found, today) is { } bar) return Barred(request, bar);

        var (receivedOn, by) = (time.DateOf(found.ReceivedAt), request.Caller().Id);
        var extended = (CaseFact.DueExtended)((Decision.Change)Decide(found)).Facts[0];
        try
        {
            await mails.SendOnceAsync(parsed, "extended", new AnswerTakesLonger(parsed, reason, extended.Due.On), cancellation);
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, new(
                "The person could not be told", "It is not sure that our mail provider took the notice, so the due date stays. Please try again, with the same reason."));
        }

        return Shown(await cases.ExecuteAsync<SubjectRequest>(parsed, "extend", by, Decide, [], CancellationToken.None));

        Decision Decide(SubjectRequest state) => Extensions.Extend(state, reason, by, receivedOn, today, time.Calendars);
    }

    private static IResult Shown(SubjectRequest extended) => Results.Json(
        new Extension(extended.Id, extended.Extended, extended.Due.On), RecordJson.Options);

    private static IResult Incomplete(HttpRequest request, string field, string words) =>
        Replies.Refused(request, StatusCodes.Status422UnprocessableEntity, new("The extension is not complete", words), field);

    private static IResult Barred(HttpRequest request, ExtensionBar bar) => Replies.Refused(request, StatusCodes.Status409Conflict, bar switch
    {
        ExtensionBar.TooLate => new(
            "It is too late for an extension", "The person has to know it within the first month. Answer as soon as you can."),
        _ => new("No answer is owed now", "The request is answered, waits for the person, or is done at once."),
    });

    /// <summary>What was decided; <paramref name="Reason"/> is null if the case was answered in the meantime.</summary>
    private sealed record Extension(CaseId Reference, ExtensionReason? Reason, DateOnly DueOn);
}
