using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Shows an operator the mailbox of a person who has to be told something before their case ends, where no mail reaches them: of a request that
/// was refused, or whose person was not identified, of a restriction, and of a complaint. The view is logged (C-ACCESS).
/// </summary>
internal sealed class ShowContact(CaseStore cases, Contacts contacts, MailboxOwners owners, ViewLog views)
{
    [Function(nameof(ShowContact))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Answers<Shown>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/cases/{id}/contact")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        if (!HasToBeTold(found) || await contacts.FindAsync(found.Id, cancellation) is not { } contact)
            return Replies.Refused(request, StatusCodes.Status404NotFound, new(
                "Nobody has to know the mailbox", "It is shown where a decision has to be told before the case ends, and is forgotten with that end."));
        await views.AddAsync(found.Id, request.Caller().Id, "mailbox", cancellation);
        return Results.Json(
            new Shown(found.Id, contact.Address.Value, contact.Country, await owners.AreOthersAsync(found.Id, cancellation)), RecordJson.Options);
    }

    private static bool HasToBeTold(SubjectRequest found) => !found.IsClosed
        && found is RestrictedRequest or ComplaintRequest or { Refusal: not null } or { Doubt.Outcome: DoubtOutcome.NotIdentified };

    /// <summary>The mailbox; <paramref name="IsSomebodyElses"/> where it leads to others by now, so that only how the person was called by it helps.</summary>
    private sealed record Shown(CaseId Reference, string Email, string? Country, bool IsSomebodyElses);
}
