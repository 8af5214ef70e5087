using System.Net;
using System.Net.Http.Json;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Ground;

/// <summary>A page from elsewhere, open in the same browser, can neither read the desk nor make it do something.</summary>
[Clause("C-SECURE")]
public sealed class OwnPagesOnlyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("localhost", null, true)]
    [InlineData("LOCALHOST", null, true)]
    [InlineData("[::1]", null, true)]
    [InlineData("127.0.0.1", "http://127.0.0.1", true)]
    [InlineData("localhost", "http://localhost", true)]
    [InlineData("rebound.example", null, false)] // a name of theirs that leads to this machine
    [InlineData("127.0.0.1.example", null, false)]
    [InlineData("192.168.0.7", null, false)]
    [InlineData("rebound.example", "http://rebound.example", false)]
    [InlineData("127.0.0.1", "https://shop.example", false)]
    [InlineData("127.0.0.1", "http://localhost", false)]
    [InlineData("127.0.0.1", "http://127.0.0.1:1", false)]
    [InlineData("127.0.0.1", "https://127.0.0.1", false)]
    [InlineData("127.0.0.1", "null", false)] // a page in a sandbox
    public async Task Desk_AnswersItsOwnPagesAndThisMachinesPrograms(string host, string? origin, bool answered)
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);
        var port = outbox.Http.BaseAddress!.Port;
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/outbox"), (HttpMethod.Post, "/api/mails/search"), (HttpMethod.Delete, "/api/mails") })
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Host = $"{host}:{port}";
            if (origin is not null)
                request.Headers.Add("Origin", origin is "null" || new Uri(origin).Port == 1 ? origin : $"{origin}:{port}");
            if (method == HttpMethod.Post) request.Content = JsonContent.Create(new { to = "nobody@example.net", waitSeconds = 0 });
            using var answer = await outbox.Http.SendAsync(request);

            Assert.Equal(answered, answer.IsSuccessStatusCode);
            if (!answered) Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }
}
