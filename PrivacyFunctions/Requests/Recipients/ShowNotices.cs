using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>Shows an operator who is to be told of what was done with the data of a case, and how far that is. No personal data.</summary>
internal sealed class ShowNotices(CaseStore cases, Notices notices, DataMapRegister map)
{
    /// <summary>Where they are.</summary>
    public const string Route = "api/operator/cases/{id}/recipients";

    [Function(nameof(ShowNotices))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Answers<Shown>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<SubjectRequest>(id, cancellation) is not { } found) return NoSuch.Request(request);
        var acts = await notices.OfAsync(found.Id, cancellation);
        return Results.Json(new Shown(found.Id, [.. acts.Select(act => ActView.Of(act, map))]), RecordJson.Options);
    }

    private sealed record Shown(CaseId Reference, IReadOnlyList<ActView> Acts);
}
