using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SendGrid.Helpers.Mail;

namespace PrivacyFunctions.Tests.Ground;

public sealed class OutboxSendTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Send_BySendGridsClient_KeepsTheWholeMail()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero));
        await using var outbox = await OutboxUnderTest.StartAsync(_folder, clock);
        var message = OutboxUnderTest.Mail("ada@example.org", "Your data", "text", "<p>html</p>");
        message.ReplyTo = new EmailAddress("desk@company.example");
        message.AddBcc("archive@company.example");
        message.AddHeader("List-Unsubscribe", "<https://company.example/u>");
        message.AddCustomArg("case", "c-1");
        message.AddCategory("access");
        message.SetClickTracking(false, false);
        message.AddAttachment("notes.txt", Convert.ToBase64String("hello"u8), "text/plain");

        var response = await outbox.Client.SendEmailAsync(message);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var mail = Assert.Single(await outbox.SearchAsync(new { to = "ADA@example.org" }));
        Assert.Equal(1, mail.Id);
        Assert.Equal(response.Headers.GetValues("X-Message-Id").Single(), mail.MessageId);
        Assert.Equal(clock.GetUtcNow(), mail.ReceivedAt);
        Assert.Equal(("Privacy team", "privacy@company.example"), (mail.From.Name, mail.From.Email));
        Assert.Equal("desk@company.example", mail.ReplyTo!.Email);
        Assert.Equal("archive@company.example", Assert.Single(mail.Bcc).Email);
        Assert.Equal(("Your data", "text", "<p>html</p>"), (mail.Subject, mail.Text, mail.Html));
        Assert.Equal("<https://company.example/u>", mail.Headers["List-Unsubscribe"]);
        Assert.Equal("c-1", mail.CustomArgs["case"]);
        Assert.Equal("access", Assert.Single(mail.Categories));
        Assert.False(mail.TrackingSettings!.Value.GetProperty("click_tracking").GetProperty("enable").GetBoolean());
        var file = Assert.Single(mail.Attachments);
        Assert.Equal(("notes.txt", "hello"), (file.FileName, Encoding.UTF8.GetString(file.Content.Span)));
    }

    [Fact]
    public async Task Send_TwoPersonalizations_MakesTwoMailsEachWithItsSubstitutions()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);
        var message = OutboxUnderTest.Mail("ada@example.org", "Hello -name-", "Dear -name-");
        message.Subject = "Hello -name-";
        message.Personalizations =
        [
            new() { Tos = [new("ada@example.org")], Substitutions = new() { ["-name-"] = "Ada" } },
            new() { Tos = [new("bob@example.org")], Substitutions = new() { ["-name-"] = "Bob" }, Subject = "Only -name-" },
        ];

        Assert.Equal(HttpStatusCode.Accepted, (await outbox.Client.SendEmailAsync(message)).StatusCode);

        var mails = await outbox.SearchAsync(new { });
        Assert.Equal(["Hello Ada", "Only Bob"], mails.Select(mail => mail.Subject));
        Assert.Equal(["Dear Ada", "Dear Bob"], mails.Select(mail => mail.Text));
        Assert.Single(mails.Select(mail => mail.MessageId).Distinct());
    }

    [Theory]
    [InlineData("""{"from":{"email":"a@b.example"},"subject":"s","content":[{"type":"text/plain","value":"v"}]}""", "personalizations")]
    [InlineData("""{"personalizations":[null],"from":{"email":"a@b.example"},"subject":"s","content":[{"type":"text/plain","value":"v"}]}""", "personalizations.0.to")]
    [InlineData("""{"personalizations":[{"to":[{"email":"nobody"}]}],"from":{"email":"a@b.example"},"subject":"s","content":[{"type":"text/plain","value":"v"}]}""", "personalizations.0.to.0.email")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}],"cc":[{"email":"A@b.example"}]}],"from":{"email":"a@b.example"},"subject":"s","content":[{"type":"text/plain","value":"v"}]}""", "personalizations.0")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"subject":"s","content":[{"type":"text/plain","value":"v"}]}""", "from.email")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"a@b.example"},"content":[{"type":"text/plain","value":"v"}]}""", "subject")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"a@b.example"},"subject":"a\r\nBcc: x","content":[{"type":"text/plain","value":"v"}]}""", "subject")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"a@b.example"},"subject":"s"}""", "content")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"a@b.example"},"subject":"s","content":[{"type":"text/plain","value":""}]}""", "content.0.value")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"a@b.example"},"subject":"s","content":[{"type":"text/html","value":"v"},{"type":"text/plain","value":"v"}]}""", "content")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"a@b.example"},"subject":"s","content":[{"type":"text/plain","value":"v"}],"attachments":[{"content":"?","filename":"f"}]}""", "attachments.0.content")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}],"headers":{"Subject":"x"}}],"from":{"email":"a@b.example"},"subject":"s","content":[{"type":"text/plain","value":"v"}]}""", "personalizations.0.headers")]
    [InlineData("""{"personalizations":[{"to":"a@b.example"}]}""", null)]
    [InlineData("not json", null)]
    [InlineData("null", null)]
    public async Task Send_InvalidRequest_IsRefusedInSendGridsShapeAndKeepsNothing(string body, string? field)
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);

        using var response = await outbox.PostRawAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = Assert.Single((await response.Content.ReadFromJsonAsync<LocalHost.Outbox.SendGridErrors>())!.Errors);
        Assert.Equal(field, error.Field);
        Assert.NotEmpty(error.Message);
        Assert.Empty(await outbox.SearchAsync(new { }));
    }

    [Theory]
    [InlineData(null, "application/json", HttpStatusCode.Unauthorized)]
    [InlineData(" ", "application/json", HttpStatusCode.Unauthorized)]
    [InlineData("key", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task Send_WithoutKeyOrJson_IsRefused(string? key, string type, HttpStatusCode expected)
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);

        using var response = await outbox.PostRawAsync("{}", key, type);

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains("\"errors\":[{\"message\":", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_Above30Megabytes_IsRefusedAsTooLarge()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);
        // Asked before the body is sent, the outbox can still answer; in the middle of it a refusal is a closed connection.
        outbox.Http.DefaultRequestHeaders.ExpectContinue = true;

        using var response = await outbox.PostRawAsync(new string(' ', 31_000_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("less than 30MB", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_SwitchedOn_FailThatManySendsAndThenEnd()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);
        await outbox.Http.PutAsJsonAsync("/api/faults", new { next = 1, status = 429 });

        var limited = await outbox.Client.SendEmailAsync(OutboxUnderTest.Mail("ada@example.org"));
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.True(limited.Headers.Contains("X-RateLimit-Reset"));
        Assert.Empty(await outbox.SearchAsync(new { }));

        await outbox.SendAsync("ada@example.org");
    }

    [Fact]
    public async Task Faults_AcceptButFail_KeepsTheMailAndAnswersFailure()
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);
        await outbox.Http.PutAsJsonAsync("/api/faults", new { next = 1, status = 503, acceptButFail = true });

        var answer = await outbox.Client.SendEmailAsync(OutboxUnderTest.Mail("ada@example.org"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Single(await outbox.SearchAsync(new { to = "ada@example.org" }));
    }

    [Theory]
    [InlineData(-1, 503)]
    [InlineData(1, 200)]
    public async Task Faults_OutOfRange_AreRefused(int next, int status)
    {
        await using var outbox = await OutboxUnderTest.StartAsync(_folder);

        using var response = await outbox.Http.PutAsJsonAsync("/api/faults", new { next, status });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
