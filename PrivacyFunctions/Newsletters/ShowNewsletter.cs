using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Newsletters;

/// <summary>How far a newsletter is, in numbers; no personal data.</summary>
internal sealed class ShowNewsletter(Campaigns campaigns)
{
    [Function(nameof(ShowNewsletter))]
    [ForRoles(CallerRole.Messages | CallerRole.Dpo | CallerRole.Auditor)]
    [Answers<CampaignView>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/newsletters/{id}")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(id, out var campaign)) return Unknown(request);

        // In this order: the pages are removed after the totals are written, so a sum that misses some is never shown.
        var soFar = await campaigns.CountAsync(campaign, cancellation);
        if (await campaigns.FindAsync(campaign, cancellation) is not { } found) return Unknown(request);

        var state = found.Finished is not null ? "sent" : soFar == CampaignCounts.None ? "queued" : "sending";
        return Results.Json(
            new CampaignView(
                found.Id.Value, found.Newsletter.Value, state, found.Received, found.Finished, found.Attention,
                found.Finished is null ? soFar : found.Totals),
            RecordJson.Options);
    }

    private static IResult Unknown(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound,
        new("There is no such newsletter", "The id has 32 digits, as the answer to the order shows it."));

    private sealed record CampaignView(
        string Id, string Newsletter, string State, DateTimeOffset ReceivedAt, DateTimeOffset? FinishedAt, string? Attention,
        CampaignCounts Counts);
}
