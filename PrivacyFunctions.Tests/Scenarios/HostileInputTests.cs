using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Azure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What no browser sends: refused like any other mistake, never a 500.</summary>
[Clause("C-SECURE")]
public class HostileInputTests
{
    private static readonly CaseId Id = CaseId.Parse("00112233445566778899aabbccddeeff");
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

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
        // The host itself refuses it, on its way to the app; the Functions host does so with 500.
        Assert.StartsWith("HTTP/1.1 500", await SendRawAsync(
            host.App.BaseAddress!, $"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"));
    }

    /// <summary>What cannot be decoded, as this platform refuses utf-7, is read as what every form here is.</summary>
    [Theory]
    [InlineData("utf-7")]
    [InlineData("no-such-charset")]
    [InlineData("utf-8")]
    public async Task Form_InACharsetThatCannotBeRead_IsTaken(string charset)
    {
        var host = await ScenarioHost.SharedAsync();
        var address = DataSubject.Stranger(host).Address;
        using var content = new FormUrlEncodedContent([new("email", address)]);
        content.Headers.ContentType!.CharSet = charset;
        using var answer = await host.App.PostAsync("requests/access", content);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await host.Outbox.ReceiveAsync(address, Mails.Confirm);
    }

    [Fact]
    public async Task Address_WithAnInvisibleLetter_IsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        using var answer = await new DataSubject(host, "an\u200Bna@example.com")
            .PostAsync("requests/access", new { email = "an\u200Bna@example.com" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public void Token_CutOrChangedAnywhere_IsForeign()
    {
        var tokens = Tokens(new KeysInMemory());
        var token = tokens.Create(LinkPurpose.Confirm, Id, Now.AddDays(1));
        var bytes = WebEncoders.Base64UrlDecode(token);
        var forged = Enumerable.Range(0, bytes.Length).SelectMany(at => new[]
        {
            bytes[..at],
            [.. bytes[..at], (byte)~bytes[at], .. bytes[(at + 1)..]],
            [.. bytes[..at], .. bytes],
        });

        Assert.All(forged.Where(made => !made.SequenceEqual(bytes)), made => Assert.IsType<LinkToken.Foreign>(
            tokens.Read(LinkPurpose.Confirm, WebEncoders.Base64UrlEncode(made), Now)));
        Assert.IsType<LinkToken.Valid>(tokens.Read(LinkPurpose.Confirm, token, Now));
    }

    [Fact]
    public void Token_KeyRingCannotBeRead_IsNotCalledForged()
    {
        var token = Tokens(new KeysInMemory()).Create(LinkPurpose.Confirm, Id, Now.AddDays(1));
        var ring = new Mock<IXmlRepository>();
        ring.Setup(keys => keys.GetAllElements()).Throws(new RequestFailedException(503, "The storage is not there."));

        var outage = Assert.Throws<CryptographicException>(() => Tokens(ring.Object).Read(LinkPurpose.Confirm, token, Now));
        Assert.IsType<RequestFailedException>(outage.GetBaseException());
    }

    private static LinkTokens Tokens(IXmlRepository ring)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("test");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = ring);
        return new(services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>());
    }

    private sealed class KeysInMemory : IXmlRepository
    {
        private readonly List<XElement> _keys = [];

        public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys];

        public void StoreElement(XElement element, string friendlyName) => _keys.Add(element);
    }

    // The first line of the answer to a POST whose last header lines and body are as given: HttpClient sends none of these.
    private static async Task<string?> SendRawAsync(Uri at, string rest)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(at.Host, at.Port);
        await using var stream = await OpenAsync(connection, at);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {at.AbsolutePath}requests/access HTTP/1.1\r\nHost: {at.Authority}\r\n{rest}"));
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
