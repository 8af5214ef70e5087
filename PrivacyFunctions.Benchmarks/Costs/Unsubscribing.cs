using System.Net;
using System.Net.Http.Json;

namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>A mail program's one click (RFC 8058) over one connection: somebody's first one, and one that is repeated.</summary>
internal static class Unsubscribing
{
    private const int Clicks = 400;

    public static async Task MeasureAsync(Report report, ServerProcess host)
    {
        var links = await LinksAsync(host, Clicks + 1);
        using var program = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });
        var raw = await RawTable.OpenAsync(host, "upserts", connections: 1);
        var (clicks, upserts) = await Rates.CompareAsync(
            1, Clicks, number => ClickAsync(links[Math.Max(number, -1) + 1]), number => raw.UpsertAsync($"reader-{number}"));
        report.Compare("unsubscribing, the first click", clicks, "clicks/s", upserts, "upserts of new rows");
        (clicks, var both) = await Rates.CompareAsync(1, Clicks, number => ClickAsync(links[Math.Max(number, -1) + 1]), async number =>
        {
            await CallAsync();
            await raw.UpsertAsync($"reader-{number}");
        });
        report.Compare("unsubscribing, each link again", clicks, "clicks/s", both, "calls that the app turns away at once, an upsert after each");
        (clicks, upserts) = await Rates.CompareAsync(1, Clicks, _ => ClickAsync(links[0]), _ => raw.UpsertAsync("reader-0"));
        report.Compare("unsubscribing, the same link again", clicks, "clicks/s", upserts, "upserts of the same row");

        async Task ClickAsync(Uri link)
        {
            using var body = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await program.PostAsync(link, body);
            answer.EnsureSuccessStatusCode();
        }

        // The way of a click, to the same function, with a link that is none.
        async Task CallAsync()
        {
            using var body = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await program.PostAsync(new Uri(host.Site, "u/none"), body);
            if (answer.StatusCode != HttpStatusCode.NotFound) throw new InvalidOperationException($"It was answered {answer.StatusCode}.");
        }
    }

    // From mails that the system has sent, a reader each.
    private static async Task<IReadOnlyList<Uri>> LinksAsync(ServerProcess host, int readers)
    {
        using var company = new HttpClient { BaseAddress = host.Site };
        using var mailbox = new Mailbox(host);
        company.DefaultRequestHeaders.Add(
            "X-Privacy-Key", (await File.ReadAllTextAsync(Path.Combine(host.Folder, "keys", "operator.key"))).Trim());
        var links = new Uri[readers];
        await Parallel.ForAsync(0, readers, async (number, cancellation) =>
        {
            var to = $"reader-{number}@example.net";
            using var sent = await company.PostAsJsonAsync(
                "api/messages", new { id = Guid.NewGuid().ToString(), to, kind = "newsletter:measured", subject = "News", text = "Words." },
                cancellation);
            sent.EnsureSuccessStatusCode();
            links[number] = new((await mailbox.ReceiveAsync(to)).Headers["List-Unsubscribe"].Trim('<', '>'));
        });
        return links;
    }
}
