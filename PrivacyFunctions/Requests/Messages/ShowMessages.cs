using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>Shows an operator what a person and we wrote to each other about a request. The view is logged (C-ACCESS).</summary>
internal sealed class ShowMessages(CaseStore cases, CaseMessages messages, ViewLog views)
{
    /// <summary>Where messages are read and written.</summary>
    public const string Route = "api/operator/cases/{id}/messages";

    [Function(nameof(ShowMessages))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Answers<Shown>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        var written = await messages.OfAsync(found.Id, cancellation);
        var (fromPerson, unread) = (found.Correspondence?.FromPerson ?? 0, found.Correspondence?.Unread ?? 0);
        await views.AddAsync(found.Id, request.Caller().Id, MessageWords.ViewOf(fromPerson), cancellation);
        return Results.Json(
            new Shown(
                found.Id, fromPerson, unread, found.AskedOn,
                [.. written.Select(each => new Message(
                    each.Name, each.IsFromPerson ? "person" : "us", each.At, each.Words,
                    [.. each.Files.Select((file, index) => new Attached(index + 1, file.Name, file.MediaType, file.Bytes))]))]),
            RecordJson.Options);
    }

    /// <summary>What was written; <paramref name="FromPerson"/> is what to say when all of it is read.</summary>
    private sealed record Shown(CaseId Reference, int FromPerson, int Unread, DateOnly? AskedOn, IReadOnlyList<Message> Messages);

    private sealed record Message(string Name, string From, DateTimeOffset At, string Words, IReadOnlyList<Attached> Attachments);

    private sealed record Attached(int Number, string Name, string MediaType, int Bytes);
}
