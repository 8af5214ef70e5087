using System.Net.Http.Json;
using PrivacyFunctions.LocalHost.Outbox;

namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>The mails that a host has sent, as its people get them.</summary>
internal sealed class Mailbox(ServerProcess host) : IDisposable
{
    private const int Patience = 60;

    private readonly HttpClient _desk = new() { BaseAddress = host.Desk };

    /// <summary>The mail to that address; waits for it.</summary>
    /// <exception cref="InvalidOperationException">None came within a minute.</exception>
    public async Task<StoredMail> ReceiveAsync(string to)
    {
        using var answer = await _desk.PostAsJsonAsync("api/mails/search", new MailSearch(to, 0, null, Patience));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<MailsFound>())!.Mails is [var first, ..]
            ? first
            : throw new InvalidOperationException("A mail did not come within a minute.");
    }

    public void Dispose() => _desk.Dispose();
}
