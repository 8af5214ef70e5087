using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>Shows an operator what others noted about a request, in the order of its audit chain. The view is logged (C-ACCESS).</summary>
internal sealed class ShowComments(CaseStore cases, CaseMessages messages, ViewLog views)
{
    /// <summary>Where comments are read and written.</summary>
    public const string Route = "api/operator/cases/{id}/comments";

    [Function(nameof(ShowComments))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Answers<Shown>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        var facts = (await cases.AuditAsync(found.Id, cancellation)).Select(row => row.Entry.Fact).OfType<CaseFact.Commented>();
        var kept = await messages.CommentsAsync(found.Id, cancellation);
        await views.AddAsync(found.Id, request.Caller().Id, "comments", cancellation);
        return Results.Json(
            new Shown(
                found.Id, [.. facts.Where(fact => kept.ContainsKey(fact.Name)).Select(fact => new Comment(fact.Operator, kept[fact.Name].At, kept[fact.Name].Words))]),
            RecordJson.Options);
    }

    private sealed record Shown(CaseId Reference, IReadOnlyList<Comment> Comments);

    private sealed record Comment(string By, DateTimeOffset At, string Words);
}
