using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.SignIns;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Takes in a request, from its form or as JSON. It looks nothing up: known and unknown people get the same answer,
/// and whether there is data is told to a proven mailbox only. A repeated submission is the same case. Whoever is signed in at the company has proven
/// their mailbox; a sign-in that proves nothing loses nothing either.
/// </summary>
internal sealed class ReceiveRequest(RequestKinds kinds, Reception reception, SignInDesk signIns, LegalTime time)
{
    [Function(nameof(ReceiveRequest))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ShowRequestForm.Route)] HttpRequest request, string right,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (!kinds.TryFind(right, out var kind)) return ShowRequestForm.NoSuchForm(request);
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;

        var fields = (Submission.Fields)submission;
        var key = SubmissionKey.Of(request, fields);
        var now = await time.NowAsync(cancellation);
        var asked = AskedRequest.Read(
            kind, fields, new(request.WantsJson() ? Channels.Api : Channels.Form, time.DateOf(now), now), out var mistakes);
        if (mistakes.Count > 0)
            return request.WantsJson()
                ? Replies.Refused(request, StatusCodes.Status400BadRequest, Says.Incomplete, mistakes)
                : ShowRequestForm.Form(request, kind, key, fields, mistakes, StatusCodes.Status400BadRequest, await signIns.ShowAsync(fields));

        asked = asked with { SignIn = await signIns.ReadAsync(kind, fields, asked, cancellation) };
        var (stored, receipt) = await reception.TakeAsync(kind, key, asked, client, cancellation);
        bool? isBySignIn = kind.AsksForProof && fields[SignInDesk.Field].Length > 0 ? stored.Proof == Proofs.SignIn : null;
        var notice = Received(kind, asked, stored.Id, receipt, isBySignIn);
        return Replies.Done(request, StatusCodes.Status202Accepted, notice, new TakenIn(stored.Id.Value, notice.Words[0], receipt, isBySignIn));
    }

    private static RequestText Says => PageText.Of<RequestText>();

    private static Notice Received(RequestKind kind, AskedRequest asked, CaseId id, Uri? receipt, bool? isBySignIn) => new(
        isBySignIn is true ? Says.Received
            : asked.Agent is not null ? Says.PersonIsAsked
            : kind.AsksForProof ? Says.CheckInbox : kind.Words.ReceivedTitle ?? Says.Received,
        [
            .. isBySignIn is true ? TextFolder.English.Paragraphs("requests/received-signed-in")
                : asked.Agent is not null ? kind.ReceivedForAnother : kind.Received,
            .. isBySignIn is false ? TextFolder.English.Paragraphs("requests/sign-in-not-used") : [],
            Says.Reference.Write(("reference", id)),
        ])
    {
        Next = new(Says.Another, kind.Path),
        Also = receipt is null ? null : new(Says.Receipt, receipt.AbsolutePath, IsAside: true),
    };

    /// <summary>
    /// The answer to a program; the receipt is missing while none can be signed, and whether a sign-in confirmed it where none was sent.
    /// </summary>
    private sealed record TakenIn(
        string Reference, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Uri? Receipt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? ConfirmedBySignIn);
}
