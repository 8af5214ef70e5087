using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>
/// Takes what an operator notes about a request for those who see to it after them. It moves nothing on. It is data about the person: they
/// read it in a later copy of their data, as they do the messages (GDPR art. 15). The same Idempotency-Key with the same words is the same comment.
/// </summary>
internal sealed class CommentOnRequest(CaseStore cases, CaseMessages messages, MessageOwners owners, People people, LegalTime time)
{
    [Function(nameof(CommentOnRequest))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("text", "What the next one has to know: 1 to 4,000 characters.")]
    [Takes("submission", "The key by which a repetition is known, where no Idempotency-Key is sent.", IsOptional = true)]
    [Answers<Commented>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ShowComments.Route)] HttpRequest request, string id, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The comment is not complete", cancellation);
        var words = MessageWords.Read(form["text"]);
        if (words is null) form.Refuse("text", $"Say what the next one has to know, in {MessageWords.Limits.Least} to {MessageWords.Limits.Most} characters.");
        if (form.Refusal is { } refusal) return refusal;
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);

        var by = request.Caller().Id;
        var name = MessageWords.NameOf(people, found.Id, SubmissionKey.Of(request, form["submission"]), $"{by} notes", words!);
        if (!found.CanBeConfirmed) await owners.TryNoteAsync(found, cancellation); // an earlier version did not when it was confirmed
        await messages.KeepAsync(found.Id, name, MessageFrom.Operators, words!, [], await time.NowAsync(cancellation), CancellationToken.None);
        var noted = await cases.ExecuteAsync<SubjectRequest>(
            found.Id, $"comment-{name}", by, state => CommentDecisions.Add(state, name, by), [], CancellationToken.None);
        if (await cases.TookEffectAsync(found.Id, $"comment-{name}", CancellationToken.None))
            return Results.Json(new Commented(noted.Id, name, noted.Comments), RecordJson.Options);

        await messages.ForgetAsync(found.Id, name, MessageFrom.Operators, CancellationToken.None);
        return Replies.Refused(request, StatusCodes.Status409Conflict, new(
            "This request takes no more comments", $"It has {CommentDecisions.Most}. Nothing was noted."));
    }

    /// <summary>What was noted; <paramref name="Comments"/> is how many there are.</summary>
    private sealed record Commented(CaseId Reference, string Name, int Comments);
}
