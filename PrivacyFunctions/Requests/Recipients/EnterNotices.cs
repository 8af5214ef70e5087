using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// Takes what operators enter about the recipients of a person's data (GDPR art. 19), also after the case is closed. The same entry once more changes
/// nothing, and another one replaces it only where it says that it corrects it.
/// </summary>
internal sealed class EnterNotices(CaseStore cases, Notices notices, DataMapRegister map, LegalTime time)
{
    private const string Incomplete = "The entry is not complete";

    /// <summary>Notes that a recipient was told of what was done with a person's data.</summary>
    [Function(nameof(NoteRecipientTold))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("act", "What was done.", Codes = typeof(RecipientAct))]
    [Takes("recipient", "The id of the recipient in the data map.")]
    [Takes("way", "How they were told.", Codes = typeof(NoticeWay))]
    [Takes("on", "The day, like 2026-03-02; without it, today.", IsOptional = true)]
    [Takes("corrects", "\"yes\" if what was entered before is wrong.", IsOptional = true)]
    [Answers<Entered>]
    public async Task<IResult> NoteRecipientTold(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{ShowNotices.Route}/told")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, Incomplete, cancellation);
        var way = form.Code<NoticeWay>("way", "Say how they were told");
        return await EnterAsync(
            request, id, form, (notice, on, corrects, today) => NoticeDecisions.Tell(notice, on, way, corrects, today), cancellation);
    }

    /// <summary>Notes what a recipient answered that was told.</summary>
    [Function(nameof(NoteRecipientAnswer))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("act", "What was done.", Codes = typeof(RecipientAct))]
    [Takes("recipient", "The id of the recipient in the data map.")]
    [Takes("answer", "What they answered.", Codes = typeof(NoticeAnswer))]
    [Takes("on", "The day, like 2026-03-02; without it, today.", IsOptional = true)]
    [Takes("corrects", "\"yes\" if what was entered before is wrong.", IsOptional = true)]
    [Answers<Entered>]
    public async Task<IResult> NoteRecipientAnswer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{ShowNotices.Route}/answer")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, Incomplete, cancellation);
        var answer = form.Code<NoticeAnswer>("answer", "Say what they answered");
        return await EnterAsync(
            request, id, form, (notice, on, corrects, today) => NoticeDecisions.Answer(notice, on, answer, corrects, today), cancellation);
    }

    // Decides on the notice by the day of the entry, whether it may correct, and today.
    private async Task<IResult> EnterAsync(
        HttpRequest request, string id, DecisionForm form, Func<RecipientNotice, DateOnly, bool, DateOnly, NoticeOutcome> decide,
        CancellationToken cancellation)
    {
        var (act, day) = (form.Code<RecipientAct>("act", "Say what was done"), form.Day("on"));
        if (form["recipient"].Length == 0) form.Refuse("recipient", "Give the recipient's id in the data map.");
        var corrects = form.IsYes("corrects", "if what was entered before is wrong");
        if (form.Refusal is { } refusal) return refusal;
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);

        var today = time.DateOf(await time.NowAsync(cancellation));
        var (notice, bar) = await notices.EnterAsync(
            found.Id, act, form["recipient"], request.Caller().Id, notice => decide(notice, day ?? today, corrects, today), cancellation);
        return notice is null
            ? Replies.Refused(request, StatusCodes.Status404NotFound, new(
                "There is no such notice", $"See who is to be told of what: GET /api/operator/cases/{found.Id}/recipients."), "recipient")
            : bar is { } why ? Barred(request, notice, why)
            : Results.Json(new Entered(found.Id, notice.Act, NoticeView.Of(notice, map)), RecordJson.Options);
    }

    private static IResult Barred(HttpRequest request, RecipientNotice notice, NoticeBar why)
    {
        var (status, words) = why switch
        {
            NoticeBar.NotYet => (StatusCodes.Status422UnprocessableEntity, "That day has not come yet."),
            NoticeBar.BeforeTheAct => (StatusCodes.Status422UnprocessableEntity, $"It was done on {Day(notice.On)}: give a day from then on."),
            NoticeBar.BeforeItWasTold => (StatusCodes.Status422UnprocessableEntity, $"They were told on {Day(notice.ToldOn!.Value)}, so they did not answer before."),
            NoticeBar.AfterTheAnswer => (StatusCodes.Status409Conflict, $"They answered on {Day(notice.AnsweredOn!.Value)}, so they were told before."),
            NoticeBar.NotTold => (StatusCodes.Status409Conflict, "Enter first when they were told, and how. If they cannot be told, the answer is \"impossible\" or \"disproportionate\"."),
            NoticeBar.ToldOtherwise => (
                StatusCodes.Status409Conflict,
                $"It is entered that they were told on {Day(notice.ToldOn!.Value)}, {NoticeWords.Of(notice.Way!.Value)}. If that is wrong, send \"corrects\": \"yes\" with what is right."),
            _ => (
                StatusCodes.Status409Conflict,
                $"Their answer of {Day(notice.AnsweredOn!.Value)} is entered: \"{NoticeWords.CodeOf(notice.Answer!.Value)}\". If that is wrong, send \"corrects\": \"yes\" with what is right."),
        };
        return Replies.Refused(
            request, status, new("This cannot be entered", words), status == StatusCodes.Status422UnprocessableEntity ? "on" : null);
    }

    private static string Day(DateOnly day) => TextFolder.English.Language.Write(day);

    /// <summary>What is entered now.</summary>
    private sealed record Entered(CaseId Reference, RecipientAct Act, NoticeView Notice);
}
