using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>The company as the sender of newsletters and receipts.</summary>
internal static class SentNewsletters
{
    /// <summary>The company's own list of subscribers.</summary>
    public static TableClient Subscriptions(this ScenarioHost host) =>
        new TableServiceClient(host.Storage).GetTableClient("companyNewsletters");

    /// <summary>A newsletter that no other test knows.</summary>
    public static string FreshName() => $"letter-{Guid.NewGuid():N}";

    public static Task SubscribeAsync(this ScenarioHost host, string address, string newsletter) =>
        host.Subscriptions().AddEntityAsync(new TableEntity(KeyPath.Encode(EmailAddress.Parse(address)), newsletter)
        {
            ["Name"] = "A reader",
            ["Email"] = address,
            ["Newsletter"] = newsletter,
            ["SubscribedAt"] = DateTimeOffset.UtcNow,
        });

    /// <summary>The company's form takes the subscription again, over the row that was there.</summary>
    /// <param name="host">The host.</param>
    /// <param name="address">Whose.</param>
    /// <param name="newsletter">Of what.</param>
    /// <param name="at">When.</param>
    /// <param name="proof">The version of the words they agreed to; null: nobody wrote it down.</param>
    public static Task SubscribeAgainAsync(
        this ScenarioHost host, string address, string newsletter, DateTimeOffset at, string? proof = "2026-01") =>
        host.Subscriptions().UpsertEntityAsync(
            new TableEntity(KeyPath.Encode(EmailAddress.Parse(address)), newsletter)
            {
                ["Name"] = "A reader", ["Email"] = address, ["Newsletter"] = newsletter, ["SubscribedAt"] = at,
                ["ConsentText"] = proof,
            },
            TableUpdateMode.Replace);

    /// <summary>When the company's list says that they left; null: it does not.</summary>
    public static async Task<DateTimeOffset?> LeftAtAsync(this ScenarioHost host, string address, string newsletter) =>
        (await host.Subscriptions().GetEntityAsync<TableEntity>(
            KeyPath.Encode(EmailAddress.Parse(address)), newsletter)).Value.GetDateTimeOffset("UnsubscribedAt");

    /// <summary>When the one reader of that newsletter who used its way out did so last.</summary>
    public static async Task<DateTimeOffset> ClickedAtAsync(this ScenarioHost host, string newsletter) =>
        (await host.SuppressionAsync(newsletter)).GetDateTimeOffset("At")!.Value;

    /// <summary>The row of the one reader of that newsletter who used its way out.</summary>
    public static async Task<TableEntity> SuppressionAsync(this ScenarioHost host, string newsletter) =>
        await new TableServiceClient(host.Storage).GetTableClient("privacySuppressions")
            .QueryAsync<TableEntity>(row => row.RowKey == newsletter).SingleAsync();

    public static async Task<HttpResponseMessage> PostAsOperatorAsync(
        this ScenarioHost host, string path, object body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await host.App.SendAsync(request);
    }

    /// <summary>Orders a newsletter; the path that tells how far it is.</summary>
    public static async Task<string> OrderAsync(
        this ScenarioHost host, string newsletter, string subject, string? idempotencyKey = null)
    {
        using var answer = await host.PostAsOperatorAsync(
            "api/operator/newsletters",
            new { newsletter, subject, paragraphs = new[] { "Dear reader,", "there is <b>news</b>." } }, idempotencyKey);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.TrimStart('/');
    }

    public static async Task<JsonElement> NewsletterAsync(this ScenarioHost host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Waits until every subscriber was met; how many were sent, skipped, refused and parked.</summary>
    public static async Task<(int Sent, int Skipped, int Refused, int Parked)> CountsAsync(this ScenarioHost host, string path)
    {
        var view = await host.NewsletterAsync(path);
        await host.UntilAsync(async () => (view = await host.NewsletterAsync(path)).GetProperty("state").GetString() == "sent");
        var counts = view.GetProperty("counts");
        return (Of("sent"), Of("skipped"), Of("refused"), Of("parked"));

        int Of(string name) => counts.GetProperty(name).GetInt32();
    }

    /// <summary>Sends one message through the gate; "sent" or "suppressed".</summary>
    public static async Task<string> MessageAsync(
        this ScenarioHost host, string to, string kind, string subject, string? id = null)
    {
        using var answer = await host.PostAsOperatorAsync(
            "api/messages", new { id = id ?? Guid.NewGuid().ToString(), to, kind, subject, text = "Words.\n\nMore words." });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("outcome").GetString()!;
    }

    /// <summary>The path of the way out that the mail's header names.</summary>
    public static string WayOut(this StoredMail mail) =>
        new Uri(mail.Headers["List-Unsubscribe"].Trim('<', '>')).AbsolutePath.TrimStart('/');

    /// <summary>A way out for that person and newsletter, from a mail of it.</summary>
    public static async Task<string> WayOutAsync(this ScenarioHost host, string address, string newsletter)
    {
        Assert.Equal("sent", await host.MessageAsync(address, $"newsletter:{newsletter}", "With a way out"));
        return (await host.Outbox.ReceiveAsync(address, "With a way out")).WayOut();
    }

    /// <summary>Presses the mail program's button (RFC 8058).</summary>
    public static async Task OneClickAsync(this ScenarioHost host, string wayOut)
    {
        using var body = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await host.App.PostAsync(wayOut, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Readers whom no other test knows.</summary>
    public static async Task<IReadOnlyList<string>> SubscribeManyAsync(this ScenarioHost host, string newsletter, int count)
    {
        var readers = Enumerable.Range(1, count).Select(number => $"reader-{number:D4}@example.net").ToList();
        await Parallel.ForEachAsync(readers, async (reader, _) => await host.SubscribeAsync(reader, newsletter));
        return readers;
    }

    /// <summary>Whom that mail reached, once for each time.</summary>
    public static async Task<IReadOnlyList<string>> RecipientsAsync(this ScenarioHost host, string subject) =>
        [.. (await host.Outbox.AllAsync(null, subject)).Select(mail => mail.To.Single().Email).Order(StringComparer.Ordinal)];
}
