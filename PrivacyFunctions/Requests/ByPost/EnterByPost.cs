using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.ByPost;

/// <summary>
/// An operator enters a request of somebody without an e-mail address, with the day on which it was received: people answer it by post, and its clock runs from
/// that day (L1). The same Idempotency-Key with the same fields is the same entry.
/// </summary>
internal sealed class EnterByPost(
    RequestKinds kinds, TakeInByPost takeIn, Reception reception, Entries entries, LegalTime time, IntentDispatcher dispatcher)
{
    private const string AnswerTo = "answerTo";

    private static readonly TextLimits Limits = new(1, 1000);

    [Function(nameof(EnterByPost))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes(AnswerTo, "Where the answer goes: name and postal address, or a reference to your own file that has them. 1 to 1,000 characters, sealed, and forgotten once it is answered.")]
    [Takes("channel", "By what way it came: letter, telephone, email or inPerson.")]
    [Takes("receivedOn", "The day on which it was received, like 2026-03-02: its clock runs from there.")]
    [Takes("residence", "Where the person lives, as in the form.", IsOptional = true)]
    [Takes(Entries.Overdue, "\"yes\" if the answer is overdue by that day, and the day is right.", IsOptional = true)]
    [Takes("submission", "The key by which a repetition is known, where no Idempotency-Key is sent.", IsOptional = true)]
    [Answers<Entry>(StatusCodes.Status202Accepted)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/requests/{right}/by-post")] HttpRequest request, string right,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (!kinds.TryFind(right, out var kind)) return EnterRequest.NoSuchRight(request, kinds);
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        var now = await time.NowAsync(cancellation);
        List<Mistake> mistakes = [.. fields.MistakesBeyond(TakenFields.Of(request))];
        var came = entries.ReadArrival(request, fields, now, mistakes);
        var answerTo = FreeText.Read(fields[AnswerTo]);
        if (Limits.Of(answerTo) is not TextFit.Fits) mistakes.Add(new(AnswerTo, "Say where the answer goes, in at most 1,000 characters: name and postal address, or a reference to your own file."));
        if (!Residences.TryRead(fields["residence"], out var country)) mistakes.Add(new("residence", PageText.Of<RequestText>().NoResidence));
        entries.Complete(request, fields, came, Residences.Of(country), mistakes);
        if (mistakes.Count > 0) return Replies.Refused(request, StatusCodes.Status400BadRequest, Entries.Incomplete, mistakes);

        var stored = await takeIn.RunAsync(kind, SubmissionKey.Given(request, fields["submission"]), came, country, answerTo, cancellation);
        await dispatcher.TryDispatchAsync(client, stored.Id, cancellation);
        return Results.Json(
            new Entry(stored.Id, came.On, stored.Due.On, await reception.ReceiptAsync(stored, cancellation), NextOf(stored, time.DateOf(now))),
            RecordJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static string NextOf(SubjectRequest stored, DateOnly today)
    {
        if (stored.DueOn is not { } due) return "It is answered.";
        var how = $"Then say so: POST /api/operator/cases/{stored.Id}/answer.";
        return due < today
            ? $"Answer it by post at once. {how} The answer is overdue: the Data Protection Officer is told tonight."
            : $"Answer it by post, by {TextFolder.English.Language.Write(due)} at the latest. {how}";
    }
}
