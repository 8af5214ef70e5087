using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Newsletters;

/// <summary>Takes one message from the company's systems and brings it through the gate.</summary>
internal sealed class SendMessage(MessageGate gate, DataMapRegister map)
{
    private const int LongestId = 200;

    [Function(nameof(SendMessage))]
    [ForRoles(CallerRole.Messages)]
    [Takes("id", "By what a repetition is known: 1 to 200 characters, where no Idempotency-Key is sent.", IsOptional = true)]
    [Takes("to", "The address to which it goes.")]
    [Takes("kind", "What kind of message it is.")]
    [Takes("subject", "Its subject, in one line.")]
    [Takes("text", "Its words.")]
    [Answers<Outcome>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages")] HttpRequest request,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;

        var fields = (Submission.Fields)submission;
        var id = fields["id"] is { Length: > 0 } given ? given : request.Headers["Idempotency-Key"].ToString();
        if (id.Length is 0 or > LongestId)
            return Wrong("id", "By its id a repeated message is known: 1 to 200 characters, or an Idempotency-Key.");
        if (!EmailAddress.TryParse(fields["to"], out var to)) return Wrong("to", "An e-mail address like name@example.com.");
        if (MessageKind.Read(fields["kind"]) is not { } kind) return Wrong("kind", MessageKind.Rule);
        if (kind is MessageKind.Newsletter && map.Newsletters is null) return Wrong("kind", NewsletterOrder.NoList);
        if (!MessageText.IsSubject(fields["subject"])) return Wrong("subject", MessageText.SubjectRule);
        if (!MessageText.IsText(fields["text"])) return Wrong("text", MessageText.TextRule);

        var answer = await gate.PassAsync(
            new(id, to, kind, fields["subject"], fields["text"], request.Caller().Id), cancellation);
        return answer switch
        {
            GateAnswer.Sent => Results.Json(new Outcome("sent")),
            GateAnswer.Suppressed => Results.Json(new Outcome("suppressed")),
            GateAnswer.Refused => Wrong("to", "The mail provider takes no mail for this address."),
            GateAnswer.AnotherMessage => Wrong("id", "The id was used for another message before. Please take a new one."),
            GateAnswer.NotNow => Problem(
                StatusCodes.Status503ServiceUnavailable, "The mail provider does not take mails at the moment",
                "Please send the same message, under the same id, again later."),
            _ => Problem(
                StatusCodes.Status409Conflict, "It is not known whether this message went",
                "It is on its way, or its outcome was lost. It is not sent again, so that nobody gets it twice."),
        };

        IResult Wrong(string field, string words) => Replies.Refused(
            request, StatusCodes.Status422UnprocessableEntity, new("The message cannot be taken", words), field);

        IResult Problem(int status, string title, string words) => Replies.Refused(request, status, new(title, words));
    }

    /// <summary>"sent", or "suppressed" where its person wants no such messages.</summary>
    private sealed record Outcome([property: JsonPropertyName("outcome")] string Word);
}
