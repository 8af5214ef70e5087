using System.Collections.Concurrent;
using System.Net.Http.Json;

namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>
/// A request for access from strangers, a mailbox each: what a person waits for its answer, and what comes to its mail, with the first
/// steps of its workflow.
/// </summary>
internal static class Intake
{
    private const int Requests = 200;
    private const int Connections = 8;
    private const string Baseline = "transactions of three rows";

    public static async Task MeasureAsync(Report report, ServerProcess host)
    {
        using var site = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = host.Site };
        using var mailbox = new Mailbox(host);
        var asked = new ConcurrentBag<string>();
        foreach (var connections in (int[])[1, Connections])
        {
            var raw = await RawTable.OpenAsync(host, $"commits{connections}", connections);
            await CompareAsync("answer", AskAsync);
            await CompareAsync("confirmation mail", async () =>
            {
                await AskAsync();
                asked.TryTake(out var person);
                await mailbox.ReceiveAsync(person!);
            });

            async Task CompareAsync(string end, Func<Task> act)
            {
                var (figure, commits) = await Rates.CompareAsync(
                    connections, Requests, _ => act(), _ => raw.CommitAsync(), MailsAreSentAsync);
                report.Compare($"a request, up to its {end}, {connections} at a time", figure, "requests/s", commits, Baseline);
            }
        }

        async Task AskAsync()
        {
            var person = $"asks-{Guid.NewGuid():N}@example.org";
            using var answer = await site.PostAsJsonAsync("requests/access", new { email = person });
            answer.EnsureSuccessStatusCode();
            asked.Add(person);
        }

        // The first steps of their workflows go on after the answer.
        async Task MailsAreSentAsync()
        {
            while (asked.TryTake(out var person)) await mailbox.ReceiveAsync(person);
        }
    }
}
