using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>Notes that an operator has read what the person wrote, where nothing has to be answered. What came since still waits.</summary>
internal sealed class NoteMessagesRead(CaseStore cases, ViewLog views)
{
    [Function(nameof(NoteMessagesRead))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Answers<AreRead>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{ShowMessages.Route}/read")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        var (number, by) = (found.Correspondence?.FromPerson ?? 0, request.Caller().Id);
        if (found.HasUnread && !await views.HasSeenAsync(found.Id, by, MessageWords.ViewOf(number), cancellation))
            return Unread.Refusal(request, found)!;
        found = await NoteAsync(cases, found.Id, number, by, cancellation);
        return Results.Json(new AreRead(found.Id, found.Correspondence?.Unread ?? 0), RecordJson.Options);
    }

    /// <summary>Notes that so many messages are read.</summary>
    public static Task<SubjectRequest> NoteAsync(CaseStore cases, CaseId id, int number, string by, CancellationToken cancellation) =>
        cases.ExecuteAsync<SubjectRequest>(
            id, string.Create(CultureInfo.InvariantCulture, $"messages-read-{number}"), by, state => MessageDecisions.NoteRead(state, number, by), [], cancellation);

    /// <summary>How many messages still wait.</summary>
    private sealed record AreRead(CaseId Reference, int Unread);
}
