using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// Notes for an operator that a recipient was told of what was done with a person's data (GDPR art. 19), also after the case is closed. The same
/// entry once more changes nothing.
/// </summary>
internal sealed class NoteRecipientTold(NoticeEntry entry)
{
    [Function(nameof(NoteRecipientTold))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("act", "What was done.", Codes = typeof(RecipientAct))]
    [Takes("recipient", "The id of the recipient in the data map.")]
    [Takes("way", "How they were told.", Codes = typeof(NoticeWay))]
    [Takes("on", "The day, like 2026-03-02; without it, today.", IsOptional = true)]
    [Takes("corrects", "\"yes\" if what was entered before is wrong.", IsOptional = true)]
    [Answers<NoticeEntry.Entered>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{ShowNotices.Route}/told")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, NoticeEntry.Incomplete, cancellation);
        var way = form.Code<NoticeWay>("way", "Say how they were told");
        return await entry.EnterAsync(
            request, id, form, (notice, on, corrects, today) => NoticeDecisions.Tell(notice, on, way, corrects, today), cancellation);
    }
}
