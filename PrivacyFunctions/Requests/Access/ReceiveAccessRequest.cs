using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Pages;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// Takes in an access request, from the form or as JSON. It looks nothing up: known and unknown people get the same answer,
/// and whether there is data is told to a proven mailbox only. A repeated submission is the same case.
/// </summary>
internal sealed class ReceiveAccessRequest(
    CaseStore cases, Contacts contacts, People people, LegalTime time, IntentDispatcher dispatcher)
{
    private const string Problem = "Enter an e-mail address like name@example.com.";

    [Function(nameof(ReceiveAccessRequest))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "requests/access")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;

        var fields = (Submission.Fields)submission;
        var key = KeyOf(request, fields);
        if (!EmailAddress.TryParse(fields["email"], out var address))
            return request.WantsJson()
                ? Replies.Refused(request, 400, new("The request is not complete", Problem), "email")
                : ShowAccessForm.Form(key, fields["email"], Problem, StatusCodes.Status400BadRequest);

        var id = await TakeInAsync(key, address, request.WantsJson() ? "api" : "form", cancellation);
        await dispatcher.TryDispatchAsync(client, id, cancellation);

        return Replies.Done(request, StatusCodes.Status202Accepted, Received(id), new Receipt(id.Value, Received(id).Words[0]));
    }

    // A repeated submission is the same case, unless that one is over: then it is a new request, and gets a case of its own.
    private async Task<CaseId> TakeInAsync(string key, EmailAddress address, string channel, CancellationToken cancellation)
    {
        while (true)
        {
            var id = people.CaseOf(key, address);
            var stored = await StoreAsync(id, address, channel, cancellation);
            if (stored.Status == CaseStatus.Closed) await contacts.ForgetAsync(id, cancellation);
            if (stored is not { Status: CaseStatus.Closed, Outcome: CaseOutcome.Answered or CaseOutcome.NotIdentified })
                return id;
            key = id.Value;
        }
    }

    private async Task<Case> StoreAsync(CaseId id, EmailAddress address, string channel, CancellationToken cancellation)
    {
        await cases.AnnounceAsync(id, cancellation);
        var contact = await contacts.KeepAsync(id, address, cancellation);
        await people.IndexAsync(address, id, cancellation);

        var now = await time.NowAsync(cancellation);
        var (received, fact) = AccessDecisions.Receive(
            id, await time.PlanAsync(cancellation), now, time.DateOf(now), time.Calendar, channel, contact.Commitment);
        return await cases.CreateAsync(received, fact, Actors.Subject, cancellation);
    }

    // The form carries a key; a program may send one. Without any, each submission is a request of its own.
    private static string KeyOf(HttpRequest request, Submission.Fields fields)
    {
        var given = fields["submission"] is { Length: > 0 } field ? field : request.Headers["Idempotency-Key"].ToString();
        return given.Length > 0 ? given : Guid.NewGuid().ToString("N");
    }

    private static Notice Received(CaseId id) => new(
        "Please look into your mailbox",
        "We have your request. If the address is right, a mail is on its way to it: "
            + "open the link in it and confirm that you asked.",
        "Once you have confirmed, we answer within one month of today. Without your confirmation nobody receives any data.",
        "Nothing arrived after a quarter of an hour? "
            + "Look into the folder for unwanted mail and check the address, or ask again with a fresh form. "
            + "If you have asked several times today, the first mails serve them all.",
        $"Your reference: {id}")
    {
        Next = new("Ask again with a fresh form", "/requests/access"),
    };

    /// <summary>The answer to a program.</summary>
    private sealed record Receipt(string Reference, string Message);
}
