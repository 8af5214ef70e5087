using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Shows an operator the mailbox of a person whom no mail reaches, so that they can be told another way before their case ends: where the
/// provider refused a mail for good, or the mailbox has come to somebody else. The view is logged (C-ACCESS).
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
        var isSomebodyElses = await owners.AreOthersAsync(found.Id, cancellation);
        if (found.IsClosed || await contacts.FindAsync(found.Id, cancellation) is not { } contact
            || !(isSomebodyElses || found.Refusal is not null || found.Doubt is { Outcome: DoubtOutcome.NotIdentified } || await IsUnreachableAsync(found.Id, cancellation)))
            return Replies.Refused(request, StatusCodes.Status404NotFound, new(
                "Nobody has to know the mailbox", "It is shown as long as the case is open and no mail reaches its person, and is forgotten with that end."));
        await views.AddAsync(found.Id, request.Caller().Id, "mailbox", cancellation);
        return Results.Json(
            new Shown(found.Id, contact.Address.Value, contact.Country, isSomebodyElses), RecordJson.Options);
    }

    private async Task<bool> IsUnreachableAsync(CaseId id, CancellationToken cancellation) =>
        (await cases.AuditAsync(id, cancellation)).Select(row => row.Entry.Fact)
            .Any(fact => fact is CaseFact.MailRefused or CaseFact.AnswerUntold or RestrictionFact.LiftingWithdrawn { Why: "not-told" });

    /// <summary>The mailbox; <paramref name="IsSomebodyElses"/> where it leads to others by now, so that it only helps to find out who the person is.</summary>
    private sealed record Shown(CaseId Reference, string Email, string? Country, bool IsSomebodyElses);
}
