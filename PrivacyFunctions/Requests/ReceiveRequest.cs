using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Takes in a request, from its form or as JSON. It looks nothing up: known and unknown people get the same answer,
/// and whether there is data is told to a proven mailbox only. A repeated submission is the same case.
/// </summary>
internal sealed class ReceiveRequest(
    TakeInRequest takeIn, RequestKinds kinds, IEnumerable<IHonouredOnReceipt> onReceipt, LegalTime time, IntentDispatcher dispatcher)
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
        var asked = AskedRequest.Read(
            kind, fields, request.WantsJson() ? "api" : "form", await time.NowAsync(cancellation), out var mistakes);
        if (mistakes.Count > 0)
            return request.WantsJson()
                ? Replies.Refused(request, StatusCodes.Status400BadRequest, "The request is not complete", mistakes)
                : ShowRequestForm.Form(request, kind, key, fields, mistakes, StatusCodes.Status400BadRequest);

        var taking = takeIn.RunAsync(kind, key, asked, cancellation);
        await Task.WhenAll(onReceipt.Where(each => each.Kind == kind.Kind)
            .Select(each => each.HonourAsync(asked.Address, asked.At, cancellation)).Append(taking));
        var (stored, isNew) = await taking;
        if (!stored.IsClosed)
            await (isNew ? dispatcher.TryStartAsync(client, stored, cancellation) : dispatcher.TryDispatchAsync(client, stored.Id, cancellation));

        var notice = Received(kind, stored.Id);
        return Replies.Done(request, StatusCodes.Status202Accepted, notice, new Receipt(stored.Id.Value, notice.Words[0]));
    }

    private static Notice Received(RequestKind kind, CaseId id) => new(
        kind.AsksForProof ? "Check your inbox" : kind.Words.ReceivedTitle ?? "We have your request", [.. kind.Received, $"Your reference: {id}"])
    {
        Next = new("Start a new request", kind.Path),
    };

    /// <summary>The answer to a program.</summary>
    private sealed record Receipt(string Reference, string Message);
}
