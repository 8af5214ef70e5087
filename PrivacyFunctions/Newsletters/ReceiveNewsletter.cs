using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// Takes an order to send a newsletter to its subscribers, from the company's systems. The same Idempotency-Key is the same
/// campaign, which is sent once; without one, each order is a campaign of its own.
/// </summary>
internal sealed class ReceiveNewsletter(
    Campaigns campaigns, NewsletterStarts starts, People people, DataMapRegister map, ILogger<ReceiveNewsletter> log)
{
    [Function(nameof(ReceiveNewsletter))]
    [ForRoles(CallerRole.Messages)]
    [Takes("newsletter", "The name of the newsletter.")]
    [Takes("subject", "Its subject, in one line.")]
    [Takes("paragraphs", "Its paragraphs.", AreSeveral = true)]
    [Answers<Taken>(StatusCodes.Status202Accepted)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/newsletters")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (map.Newsletters is null)
            return Replies.Refused(request, StatusCodes.Status404NotFound, new("There are no newsletters here", NewsletterOrder.NoList));
        var order = await NewsletterOrder.ReadAsync(request, cancellation);
        if (order is NewsletterOrder.Bad bad) return bad.Answer;

        var (newsletter, content) = (NewsletterOrder.Good)order;
        var id = IdOf(request.Headers["Idempotency-Key"].ToString());
        await starts.AnnounceAsync(id, cancellation);
        var stored = await campaigns.AddAsync(id, newsletter, content, request.Caller(), cancellation);
        await TryStartAsync(client, id, cancellation);
        if (stored.Newsletter != newsletter || stored.Content.Write() != content.Write())
            return Replies.Refused(
                request, StatusCodes.Status422UnprocessableEntity,
                new("This is another newsletter", "The Idempotency-Key was used for other words before. Please take a new one."));

        request.HttpContext.Response.Headers.Location = $"/api/operator/newsletters/{id}";
        return Results.Json(new Taken(id.Value), statusCode: StatusCodes.Status202Accepted);
    }

    private CampaignId IdOf(string key) => CampaignId.FromBytes(
        key.Length > 0 ? people.Derive("campaign", key) : RandomNumberGenerator.GetBytes(16));

    // It is stored, so a failure here is no failure of the order: the one-minute timer carries on.
    private async Task TryStartAsync(DurableTaskClient client, CampaignId id, CancellationToken cancellation)
    {
        try
        {
            await starts.StartAsync(client, id, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("Campaign {Campaign} is left to the timer: {Kind}", id, failure.GetType().Name);
        }
    }

    private sealed record Taken(string Id);
}
