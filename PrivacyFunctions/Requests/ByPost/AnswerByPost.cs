using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.ByPost.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.ByPost;

/// <summary>
/// Takes an operator's word that the answer to a request was posted, what it says, and on which day (GDPR art. 12(3), (4); L1, L6). The first one stands;
/// repeating it changes nothing. What is late is taken, too: the chain says so.
/// </summary>
internal sealed class AnswerByPost(CaseStore cases, LegalTime time, IntentDispatcher dispatcher)
{
    [Function(nameof(AnswerByPost))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("answer", "What the answer says.", Codes = typeof(PostalAnswer))]
    [Takes("postedOn", "The day on which it was posted, like 2026-03-02.")]
    [Takes("ground", "Why the request is refused, if it is.", Codes = typeof(RefusalGround), IsOptional = true)]
    [Takes("evidence", "What shows that it is unfounded or excessive.", Codes = typeof(RefusalEvidence), AreSeveral = true, IsOptional = true)]
    [Answers<Answered>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/answer")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The answer is not complete", cancellation);
        var (answer, postedOn) = (form.Code<PostalAnswer>("answer", "Say what the answer says"), form.Day("postedOn"));
        var isRefusal = answer == PostalAnswer.Refused;
        if (!isRefusal && form["ground"].Length > 0) form.Refuse("ground", "Only a refusal has a ground. Leave it out.");
        var ground = isRefusal ? form.Code<RefusalGround>("ground", "Give the ground") : (RefusalGround?)null;
        var evidence = Evidence(form, ground);
        if (form.Refusal is { } wrong) return wrong;

        if (await cases.FindAsync<PostalRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        var (today, by) = (time.DateOf(await time.NowAsync(cancellation)), request.Caller().Id);
        if (!PostalDecisions.IsOpen(found)) return Same(found) ? Shown(found) : Over(request, found);
        if (postedOn is null) form.Refuse("postedOn", AskToPost(found, isRefusal, today));
        else if (!PostedDay.IsPossible(postedOn.Value, found, today)) form.Refuse("postedOn", PostedDay.Impossible);
        if (form.Refusal is { } refusal) return refusal;

        var answered = await cases.ExecuteAsync<PostalRequest>(
            found.Id, "answer-by-post", by,
            state => PostalDecisions.Answer(state, new(answer, postedOn!.Value, by) { Ground = ground, Evidence = evidence }, today), [Intent.Wake],
            CancellationToken.None);
        if (!Same(answered)) return Over(request, answered);
        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return Shown(answered);

        bool Same(PostalRequest other) => other.Answer == answer && other.AnsweredOn == postedOn;
    }

    private static string? Evidence(DecisionForm form, RefusalGround? ground)
    {
        var evidence = form.Codes<RefusalEvidence>("evidence", "Say what shows it");
        if (ground is { } given && Refusals.NeedsEvidence(given))
        {
            if (evidence.Count == 0) form.Refuse("evidence", $"The law has us prove it. Say what shows it: some of {DecisionForm.CodesOf<RefusalEvidence>()}.");
            return string.Join(' ', evidence);
        }

        if (evidence.Count > 0) form.Refuse("evidence", "This needs no evidence. Leave it out.");
        return null;
    }

    // A refusal has to be told within the first month, also where the answer may take longer (art. 12(4)).
    private DateOnly DueOn(PostalRequest found, bool isRefusal) =>
        isRefusal ? StatutoryClock.Answer(time.ReceivedOn(found), found.Residence, time.Calendars).On : found.Due.On;

    private string AskToPost(PostalRequest found, bool isRefusal, DateOnly today)
    {
        var by = DueOn(found, isRefusal);
        var when = by < today ? $"at once: that was due by {TextFolder.English.Language.Write(by)}" : $"by {TextFolder.English.Language.Write(by)} at the latest";
        return $"No mail reaches this person. Tell them by letter{(isRefusal ? " why you refuse, and that they can turn to an authority and to a court," : ",")} {when}. Then give the day on which it was posted, like 2026-03-02.";
    }

    private IResult Shown(PostalRequest answered) => Results.Json(
        new Answered(
            answered.Id, answered.Answer!.Value, answered.AnsweredOn!.Value, answered.AnsweredOn > DueOn(answered, answered.Answer == PostalAnswer.Refused), answered.Status),
        RecordJson.Options);

    private static IResult Over(HttpRequest request, PostalRequest found) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "This request is answered already",
        found.GoesOnAs is { } other ? $"It goes on by mail, as {other}." : $"An answer was posted on {TextFolder.English.Language.Write(found.AnsweredOn!.Value)}."));

    /// <summary>What was noted; <paramref name="Late"/> says whether the answer was due before.</summary>
    private sealed record Answered(CaseId Reference, PostalAnswer Answer, DateOnly PostedOn, bool Late, CaseStatus Status);
}
