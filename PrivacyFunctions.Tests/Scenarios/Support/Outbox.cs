using System.Net.Http.Json;
using PrivacyFunctions.LocalHost.Outbox;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>The mails that the system has sent, as its users' mailboxes.</summary>
/// <param name="desk">Where they are.</param>
/// <param name="patience">How long a mail that is due may take.</param>
/// <param name="output">What the host has printed, for the message of a test that waited in vain.</param>
internal sealed class Outbox(HttpClient desk, TimeSpan patience, Func<string>? output = null)
{
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(20);

    /// <summary>The newest mail to that address whose subject contains those words; waits for it.</summary>
    /// <param name="to">The mailbox.</param>
    /// <param name="subject">Words of the subject.</param>
    /// <param name="after">Only mails that came after this one.</param>
    /// <param name="about">References of cases: only mails that name one of them. Without any, all.</param>
    public async Task<StoredMail> ReceiveAsync(string to, string subject, long after = 0, IReadOnlyCollection<string>? about = null)
    {
        for (var waited = TimeSpan.Zero; waited < patience;)
        {
            var found = await SearchAsync(to, subject, after, LongestSearch);
            if (found.LastOrDefault(mail => about is not { Count: > 0 } || about.Any(mail.Text!.Contains)) is { } newest) return newest;
            if (found is [.., var other]) after = other.Id;
            else waited += LongestSearch;
        }

        throw new TimeoutException($"No mail \"{subject}\" came within {patience}.\n{output?.Invoke()}");
    }

    /// <summary>All mails to that address that have come so far, or those of them that came after one.</summary>
    public Task<IReadOnlyList<StoredMail>> AllAsync(string? to, string? subject = null, long after = 0) =>
        SearchAsync(to, subject, after, TimeSpan.Zero);

    private async Task<IReadOnlyList<StoredMail>> SearchAsync(string? to, string? subject, long after, TimeSpan wait)
    {
        using var answer = await desk.PostAsJsonAsync(
            "api/mails/search", new { to, subjectContains = subject, after, waitSeconds = wait.TotalSeconds });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Found>())!.Mails;
    }

    private sealed record Found(IReadOnlyList<StoredMail> Mails);
}
