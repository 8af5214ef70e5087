using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What no browser sends: refused like any other mistake, never a 500.</summary>
[Clause("C-SECURE")]
public class HostileInputTests
{
    [Theory]
    [InlineData("""{"email":"\ud800@example.com"}""")]
    [InlineData("""{"email":"a@example.com","submission":"\udfff"}""")]
    [InlineData("""{"\ud800":"x"}""")]
    [InlineData("{\"email\":\"\u00ff\u00fe@example.com\"}")]
    [InlineData("{\"\u00c3\u0028\":\"x\",\"email\":\"a@example.com\"}")]
    public async Task Json_WithStringsThatAreNoText_IsRefused(string latin)
    {
        var host = await ScenarioHost.SharedAsync();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(latin)); // so that a test can name bytes that are no UTF-8
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await host.App.PostAsync("requests/access", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString()!);
    }

    [Theory]
    [InlineData("not-a-length\r\n")]
    [InlineData("5\r\n{\"ema but no end of the chunk")]
    public async Task Body_OfBrokenChunks_IsRefused(string chunks)
    {
        var host = await ScenarioHost.SharedAsync();
        Assert.StartsWith("HTTP/1.1 400", await SendRawAsync(
            host.App.BaseAddress!, $"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"));
    }

    [Fact]
    public async Task Address_WithAnInvisibleLetter_IsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        using var answer = await new DataSubject(host, "an\u200Bna@example.com").PostAsync("requests/access", new { email = "an\u200Bna@example.com" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    // The first line of the answer to a POST whose last header lines and body are as given: HttpClient sends none of these.
    private static async Task<string?> SendRawAsync(Uri at, string rest)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(at.Host, at.Port);
        await using var stream = await OpenAsync(connection, at);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {at.AbsolutePath}requests/access HTTP/1.1\r\nHost: {at.Authority}\r\n{rest}"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync();
    }

    private static async Task<Stream> OpenAsync(TcpClient connection, Uri at)
    {
        if (at.Scheme == Uri.UriSchemeHttp) return connection.GetStream();
        var secure = new SslStream(connection.GetStream());
        await secure.AuthenticateAsClientAsync(at.Host);
        return secure;
    }
}
