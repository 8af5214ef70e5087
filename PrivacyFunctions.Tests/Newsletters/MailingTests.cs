using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Moq;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Texts;
using SendGrid;
using SendGrid.Helpers.Mail;
using EmailAddress = PrivacyFunctions.Subjects.EmailAddress;


namespace PrivacyFunctions.Tests.Newsletters;

/// <summary>What leaves carries the way out, or is essential; there is nothing between.</summary>
[Clause("M-UNSUB")]
public class MailingTests
{
    private static readonly Letter Words = new("News", [new TextPart.Paragraph("Dear reader.")]);
    private static readonly Uri Link = new("https://privacy.example.com/u/token");
    private static readonly WayOut End = TestLetters.Writer.WayOut(NewsletterName.Parse("product-news"), Link);

    [Fact]
    public void Mailings_ThereAre_AreEssentialOrCarryAWayOut()
    {
        var kinds = typeof(Mailing).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Mailing))).ToList();
        Assert.Equal([typeof(Mailing.Essential), typeof(Mailing.Newsletter)], kinds.OrderBy(type => type.Name));
        Assert.All(typeof(IMailer).GetMethods(), method => Assert.DoesNotContain(
            method.GetParameters(), parameter => parameter.ParameterType == typeof(Letter)));
    }

    [Fact]
    public void Newsletter_Read_EndsWithItsVisibleWayOut()
    {
        var letter = new Mailing.Newsletter(Words, End).Letter;
        Assert.EndsWith($"\"product-news\".\nUnsubscribe: {Link}", letter.ToText().TrimEnd(), StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{Link}\">Unsubscribe</a></p></body>", letter.ToHtml());
    }

    [Fact]
    public async Task Newsletter_Sent_CarriesTheHeadersOfOneClick()
    {
        var headers = await HeadersOfAsync(new Mailing.Newsletter(Words, End));
        Assert.Equal($"<{Link}>", headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", headers["List-Unsubscribe-Post"]);
    }

    [Fact]
    public async Task Essential_Sent_CarriesNone() =>
        Assert.Equal(["Message-ID"], (await HeadersOfAsync(new Mailing.Essential(EssentialKind.Transaction, Words))).Keys);

    public static TheoryData<Exception, bool> Failures => new()
    {
        { new MailNotAcceptedException(401), true },
        { new MailNotAcceptedException(429), true },
        { new MailNotAcceptedException(503), false },
        { new HttpRequestException(HttpRequestError.ConnectionError), true },
        { new HttpRequestException(HttpRequestError.ResponseEnded), false },
        { new TimeoutException(), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Failure_OfAMail_IsTriedAgainOnlyIfItNeverLeft(Exception failure, bool neverLeft)
    {
        Assert.Equal(neverLeft, MailFailures.NeverLeft(failure));
        Assert.True(MailFailures.IsOfTheProvider(failure));
    }

    private static async Task<IReadOnlyDictionary<string, string>> HeadersOfAsync(Mailing mailing)
    {
        var client = new Mock<ISendGridClient>();
        SendGridMessage? sent = null;
        client.Setup(found => found.SendEmailAsync(It.IsAny<SendGridMessage>(), It.IsAny<CancellationToken>()))
            .Callback<SendGridMessage, CancellationToken>((message, _) => sent = message)
            .ReturnsAsync(() => new Response(HttpStatusCode.Accepted, null, null));
        var mailer = new SendGridMailer(client.Object, Options.Create(new MailOptions { From = "privacy@example.com" }));

        await mailer.SendAsync(EmailAddress.Parse("a@example.com"), mailing, "id@example.com", CancellationToken.None);

        using var json = JsonDocument.Parse(sent!.Serialize());
        var root = json.RootElement;
        var headers = root.TryGetProperty("headers", out var own)
            ? own
            : root.GetProperty("personalizations")[0].GetProperty("headers");
        return headers.EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!);
    }
}
