using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// An operator enters what came by letter, telephone or e-mail, or was said in person, with the day on which it was received: the clock runs
/// from that day (L1), the time to confirm from the entry. It goes the same way as the form, and looks nothing up. The same Idempotency-Key with
/// the same fields is the same entry; with another way, day, place, ground or text it is another one.
/// </summary>
internal sealed class EnterRequest(RequestKinds kinds, Reception reception, LegalTime time)
{
    private const string Incomplete = "The entry is not complete";
    private const string Format = "yyyy-MM-dd";
    private const string Overdue = "confirmOverdue";

    [Function(nameof(EnterRequest))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Takes("email", "The address of the person, to which our answers go.")]
    [Takes("channel", "By what way it came: letter, telephone, email or person.")]
    [Takes("receivedOn", "The day on which it was received, like 2026-03-02: its clock runs from there.")]
    [Takes("agent", "The address of whoever asks in the person's name, where the form has it.", IsOptional = true)]
    [Takes("residence", "Where the person lives, as in the form.", IsOptional = true)]
    [Takes("ground", "The ground that they give, where the form asks for one.", IsOptional = true)]
    [Takes("text", "What they say in their own words, where the form asks for it.", IsOptional = true)]
    [Takes("about", "The reference of the request that a complaint is about.", IsOptional = true)]
    [Takes("confirmOverdue", "\"yes\" if the answer is overdue by that day, and the day is right.", IsOptional = true)]
    [Takes("submission", "The key by which a repetition is known, where no Idempotency-Key is sent.", IsOptional = true)]
    [Answers<Entry>(StatusCodes.Status202Accepted)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/requests/{right}")] HttpRequest request, string right,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (!kinds.TryFind(right, out var kind))
            return Replies.Refused(request, StatusCodes.Status404NotFound, new(
                "There is no such request", $"There are {string.Join(", ", kinds.All.Select(each => each.Kind.Name))}."));
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        var now = await time.NowAsync(cancellation);
        var asked = Read(request, kind, fields, now, out var mistakes);
        if (mistakes.Count > 0) return Replies.Refused(request, StatusCodes.Status400BadRequest, Incomplete, mistakes);

        var (stored, receipt) = await reception.TakeAsync(kind, SubmissionKey.Given(request, fields["submission"]), asked, client, cancellation);
        return Results.Json(
            new Entry(stored.Id, time.ReceivedOn(stored), stored.Due.On, receipt, NextOf(kind, stored, time.DateOf(now))), RecordJson.Options,
            statusCode: StatusCodes.Status202Accepted);
    }

    private AskedRequest Read(HttpRequest request, RequestKind kind, Submission.Fields fields, DateTimeOffset now, out IReadOnlyList<Mistake> mistakes)
    {
        List<Mistake> found = [.. fields.MistakesBeyond([.. FieldsOf(kind)])];
        if (!Channels.AreEntered(fields["channel"]))
            found.Add(new("channel", $"Say by what way it came: {string.Join(", ", Channels.Entered)}."));
        var today = time.DateOf(now);
        var day = ReadDay(fields["receivedOn"], today, found);
        var asked = AskedRequest.Read(
            kind, fields, new(fields["channel"], day ?? today, now) { Actor = request.Caller().Id }, out var mistakesOfTheForm);
        found.AddRange(mistakesOfTheForm.Select(each => each.Field == "email" && fields["email"].Length == 0
            ? new Mistake("email", ByPost(day, asked.Residence, today))
            : each));
        if (SubmissionKey.Given(request, fields["submission"]).Length == 0)
            found.Add(new("submission", "Give each letter a name of its own, such as its number in your post book, as Idempotency-Key. Sent again with the same one, it is the same entry."));
        // A wrong month is a likely slip, and what was entered keeps its day.
        if (found.Count == 0 && StatutoryClock.Answer(asked.Came.On, asked.Residence, time.Calendars).On is var due && due < today && fields[Overdue] != "yes")
            found.Add(new(Overdue, $"By that day, the answer was due by {TextFolder.English.Language.Write(due)}. If the day is right, enter it with \"{Overdue}\": \"yes\". It cannot be changed later."));
        mistakes = found;
        return asked;
    }

    private static IEnumerable<string> FieldsOf(RequestKind kind)
    {
        foreach (var always in (string[])["email", "channel", "receivedOn", "submission", Overdue]) yield return always;
        if (kind.TakesAgent) yield return "agent";
        if (kind.AsksWhere) yield return "residence";
        if (kind.Grounds.Count > 0) yield return "ground";
        if (kind.Text is not null) yield return "text";
        if (kind.Words.Earlier is not null) yield return "about";
    }

    private static DateOnly? ReadDay(string text, DateOnly today, List<Mistake> mistakes)
    {
        if (!DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            mistakes.Add(new("receivedOn", "Give the day on which it was received, like 2026-03-02."));
        else if (EnteredDay.WhyNot(day, today) is { } mistake)
            mistakes.Add(new("receivedOn", mistake == DayMistake.NotYet
                ? "That day has not come yet."
                : "That is a year ago or more, which is mostly a wrong year. If it did come then, tell the Data Protection Officer: it has to be answered by hand."));
        else
            return day;
        return null;
    }

    // Our answers go by mail, and so does the proof of who asks. Whoever has no address still has the right.
    private string ByPost(DateOnly? receivedOn, Residence residence, DateOnly today)
    {
        const string Why = "Without an e-mail address it cannot be entered: the proof of who asks, and our answers, go there.";
        if (receivedOn is not { } day) return $"{Why} Answer it by post, within one month of its receipt.";
        var due = StatutoryClock.Answer(day, residence, time.Calendars).On;
        var words = TextFolder.English.Language.Write(due);
        return due < today ? $"{Why} Answer it by post at once: that was due by {words}." : $"{Why} Answer it by post, by {words} at the latest.";
    }

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

    /// <summary>The answer to an entry: by when it must be answered, its receipt (missing while none can be signed), and what happens next.</summary>
    private sealed record Entry(CaseId Reference, DateOnly ReceivedOn, DateOnly DueOn, Uri? Receipt, string Next);
}
