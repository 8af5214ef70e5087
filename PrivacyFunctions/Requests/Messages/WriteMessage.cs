using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>
/// The page on which a person writes to us about their request, behind the link that only their mailbox got. It shows nothing that was
/// written before. A few small files can come with a message, by the form only. A repeated submission is the same message.
/// </summary>
internal sealed class WriteMessage(TakeInMessage takeIn, Uploads uploads, CaseLinks links)
{
    private const string Route = $"{ShowStanding.Route}/message";

    [Function(nameof(ShowMessageForm))]
    [ForEverybody]
    public async Task<IResult> ShowMessageForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request, string token, CancellationToken cancellation)
    {
        var (found, refusal) = await links.FindAsync(request, token, cancellation);
        return refusal ?? Barred(request, found!, token)
            ?? Form(token, (SubjectRequest)found!, Guid.NewGuid().ToString("N"), "", [], StatusCodes.Status200OK);
    }

    [Function(nameof(WriteMessage))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, string token, CancellationToken cancellation)
    {
        var (found, refusal) = await links.FindAsync(request, token, cancellation);
        if (refusal is not null) return refusal;
        if (found is not SubjectRequest { IsClosed: false, CanBeConfirmed: false } open) return Barred(request, found!, token)!; // before anything of it is read
        using var upload = await uploads.ReadAsync(request, Attachments.Most, Attachments.MostMegabytes * Uploads.Megabyte, cancellation);
        if (upload.Submission is Submission.Unreadable unreadable) return unreadable.Answer;

        var fields = (Submission.Fields)upload.Submission;
        var (key, words, (files, wrong)) = (SubmissionKey.Of(request, fields), MessageWords.Read(fields["text"]), Attachment.Read(upload));
        if (fields[Attachment.Field].Length > 0) wrong = Says.FilesByForm;
        if (words is null || wrong is not null)
        {
            var status = upload.Fault switch
            {
                UploadFault.TooMuch => StatusCodes.Status413PayloadTooLarge,
                UploadFault.Busy => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status400BadRequest,
            };
            var mistakes = Mistakes(words, wrong ?? Attachment.Lost(files));
            return request.WantsJson()
                ? Replies.Refused(request, status, Says.Incomplete, mistakes)
                : Form(token, open, key, fields["text"], mistakes, status);
        }

        var isProof = fields["proof"].Length > 0;
        return await takeIn.RunAsync(open, key, words, files, isProof, cancellation) is { } barred
            ? Barred(request, barred, token, isProof)!
            : Replies.Done(request, StatusCodes.Status200OK, Received(open, token), new { reference = open.Id.Value });
    }

    private static List<Mistake> Mistakes(string? words, string? files)
    {
        var mistakes = new List<Mistake>();
        if (words is null) mistakes.Add(new("text", Says.NoMessage.Write(("most", MessageWords.Limits.Most))));
        if (files is not null) mistakes.Add(new(Attachment.Field, files));
        return mistakes;
    }

    private static string PathOf(string token) => $"/requests/case/{token}";

    private static IResult? Barred(HttpRequest request, Case found, string token, bool isProof = false)
    {
        MessageBar? bar = found is SubjectRequest open ? MessageDecisions.WhyNotFromPerson(open, isProof) : MessageBar.Closed;
        return bar is null ? null : Replies.Refused(request, StatusCodes.Status409Conflict, Says.Barred.Write(PathOf(token), ("why", bar switch
        {
            MessageBar.NotProven => Says.IsNotProven,
            MessageBar.DoubtOver => Says.ProofTooLate,
            MessageBar.TooMany => Says.WaitForUs,
            MessageBar.NoMore => Says.NoMore,
            _ => Says.IsClosed,
        })));
    }

    private static Notice Received(SubjectRequest open, string token) => IsProof(open)
        ? Says.ReceivedProof.Write(PathOf(token), ("reference", open.Id))
        : Says.Received.Write(PathOf(token), ("reference", open.Id));

    private static bool IsProof(SubjectRequest open) => open.Doubt is { Outcome: DoubtOutcome.Open };

    private static MessageText Says => PageText.Of<MessageText>();

    private static RazorComponentResult<MessageForm> Form(string token, SubjectRequest open, string submission, string text, IReadOnlyList<Mistake> mistakes, int status) =>
        new RazorComponentResult<MessageForm>(new Dictionary<string, object?>
        {
            [nameof(MessageForm.Action)] = $"{PathOf(token)}/message",
            [nameof(MessageForm.Back)] = PathOf(token),
            [nameof(MessageForm.AskedOn)] = open.AskedOn,
            [nameof(MessageForm.IsProof)] = IsProof(open),
            [nameof(MessageForm.Submission)] = submission,
            [nameof(MessageForm.Text)] = text,
            [nameof(MessageForm.Mistakes)] = mistakes,
        })
        { StatusCode = status };
}
