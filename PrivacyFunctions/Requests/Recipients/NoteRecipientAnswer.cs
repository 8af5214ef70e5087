using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// Notes for an operator what a recipient answered that was told (GDPR art. 19), also after the case is closed. The same entry once more changes
/// nothing, and another one replaces it only where it says that it corrects it.
/// </summary>
internal sealed class NoteRecipientAnswer(NoticeEntry entry)
{
    [Function(nameof(NoteRecipientAnswer))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("act", "What was done.", Codes = typeof(RecipientAct))]
    [Takes("recipient", "The id of the recipient in the data map.")]
    [Takes("answer", "What they answered.", Codes = typeof(NoticeAnswer))]
    [Takes("on", "The day, like 2026-03-02; without it, today.", IsOptional = true)]
    [Takes("corrects", "\"yes\" if what was entered before is wrong.", IsOptional = true)]
    [Answers<NoticeEntry.Entered>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{ShowNotices.Route}/answer")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, NoticeEntry.Incomplete, cancellation);
        var answer = form.Code<NoticeAnswer>("answer", "Say what they answered");
        return await entry.EnterAsync(
            request, id, form, (notice, on, corrects, today) => NoticeDecisions.Answer(notice, on, answer, corrects, today), cancellation);
    }
}
