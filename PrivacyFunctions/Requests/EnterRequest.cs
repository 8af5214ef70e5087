using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// An operator enters what came by letter, telephone or e-mail, or was said in person, with the day on which it was received: the clock runs
/// from that day (L1), the time to confirm from the entry. It goes the same way as the form, and looks nothing up. The same Idempotency-Key with
/// the same fields is the same entry; with another way, day, place, ground or text it is another one.
/// </summary>
internal sealed class EnterRequest(RequestKinds kinds, Reception reception, Entries entries, LegalTime time)
{
    [Function(nameof(EnterRequest))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("email", "The address of the person, to which our answers go.")]
    [Takes("channel", "By what way it came: letter, telephone, email or inPerson.")]
    [Takes("receivedOn", "The day on which it was received, like 2026-03-02: its clock runs from there.")]
    [Takes("agent", "The address of whoever asks in the person's name, where the form has it.", IsOptional = true)]
    [Takes("residence", "Where the person lives, as in the form.", IsOptional = true)]
    [Takes("ground", "The ground that they give, where the form asks for one.", IsOptional = true)]
    [Takes("text", "What they say in their own words, where the form asks for it.", IsOptional = true)]
    [Takes("about", "The reference of the request that a complaint is about.", IsOptional = true)]
    [Takes(Entries.Overdue, "\"yes\" if the answer is overdue by that day, and the day is right.", IsOptional = true)]
    [Takes("submission", "The key by which a repetition is known, where no Idempotency-Key is sent.", IsOptional = true)]
    [Answers<Entry>(StatusCodes.Status202Accepted)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/requests/{right}")] HttpRequest request, string right,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (!kinds.TryFind(right, out var kind)) return NoSuchRight(request, kinds);
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        var now = await time.NowAsync(cancellation);
        var asked = Read(request, kind, fields, now, out var mistakes);
        if (mistakes.Count > 0) return Replies.Refused(request, StatusCodes.Status400BadRequest, Entries.Incomplete, mistakes);

        var (stored, receipt) = await reception.TakeAsync(kind, SubmissionKey.Given(request, fields["submission"]), asked, client, cancellation);
        return Results.Json(
            new Entry(stored.Id, time.ReceivedOn(stored), stored.Due.On, receipt, NextOf(kind, stored, time.DateOf(now))), RecordJson.Options,
            statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>The answer where there is no such right.</summary>
    public static IResult NoSuchRight(HttpRequest request, RequestKinds kinds) => Replies.Refused(request, StatusCodes.Status404NotFound, new(
        "There is no such request", $"There are {string.Join(", ", kinds.All.Select(each => each.Kind.Name))}."));

    private AskedRequest Read(HttpRequest request, RequestKind kind, Submission.Fields fields, DateTimeOffset now, out IReadOnlyList<Mistake> mistakes)
    {
        List<Mistake> found = [.. fields.MistakesBeyond([.. FieldsOf(kind)])];
        var asked = AskedRequest.Read(kind, fields, entries.ReadArrival(request, fields, now, found), out var mistakesOfTheForm);
        found.AddRange(mistakesOfTheForm.Select(each => each.Field == "email" && fields["email"].Length == 0 ? new Mistake("email", ByPost(kind)) : each));
        entries.Complete(request, fields, asked.Came, asked.Residence, found);
        mistakes = found;
        return asked;
    }

    private static IEnumerable<string> FieldsOf(RequestKind kind) =>
        ["email", "channel", "receivedOn", "submission", Entries.Overdue, .. kind.AsksWhere ? (string[])["residence"] : [], .. Entries.OfTheForm(kind)];

    // Our answers go by mail, and so does the proof of who asks. Whoever has no address still has the right.
    private static string ByPost(RequestKind kind) =>
        $"The proof of who asks, and our answers, go to an e-mail address. Without one, enter it as one that you answer by post: POST /api/operator/requests/{kind.Kind.Name}/by-post.";

    private static string NextOf(RequestKind kind, SubjectRequest stored, DateOnly today)
    {
        var isOver = stored.Due.On < today;
        return stored switch
        {
            { IsClosed: true, Outcome: CaseOutcome.AnsweredByAnotherCase } =>
                $"Other entries of this mailbox answer it, too, by the earliest of their days. It has no mail of its own: hand on the receipt.{(isOver ? " The answer is overdue." : "")}"
                + (stored.AskedByAgent ? " Tell the agent, who hears nothing from us about it." : ""),
            { IsClosed: true } => "It is closed.",
            { DueOn: not null } when isOver => $"{MailOf(kind)} The answer is overdue: the Data Protection Officer is told tonight.",
            _ => MailOf(kind),
        };
    }

    private static string MailOf(RequestKind kind) => kind.AsksForProof
        ? "A mail asks the person to confirm it. Nothing happens before."
        : "A mail tells the person that we have it.";
}
