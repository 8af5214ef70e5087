using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using SendGrid;
using SendGrid.Helpers.Mail;

using EmailAddress = PrivacyFunctions.Subjects.EmailAddress;

namespace PrivacyFunctions.Mail;

/// <summary>Where mails come from. Section <c>Mail</c> of the settings.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The sender's address.</summary>
    [Required, EmailAddressAttribute]
    public string From { get; set; } = "";

    /// <summary>The sender's name.</summary>
    [Required]
    public string FromName { get; set; } = "1 Partner 360 Security privacy team";
}

/// <summary>How SendGrid is reached. Section <c>Mail:SendGrid</c> of the settings.</summary>
internal sealed class SendGridOptions
{
    public const string Section = "Mail:SendGrid";

    /// <summary>SendGrid's key.</summary>
    [Required]
    public string ApiKey { get; set; } = "";

    /// <summary>Where SendGrid's API answers; the local host points it at its outbox.</summary>
    [Required]
    public Uri Host { get; set; } = new("https://api.sendgrid.com");
}

/// <summary>Sends a mail. The provider knows no idempotency key: a repeated call may be a second mail.</summary>
internal interface IMailer
{
    /// <summary>Hands a mail to the provider.</summary>
    /// <param name="to">The only recipient.</param>
    /// <param name="mailing">What it says, and the way out of it unless it is essential.</param>
    /// <param name="messageId">The mail's Message-ID without angle brackets; the same for every attempt at one mail.</param>
    /// <param name="cancellation">Gives up waiting; the mail may have gone all the same.</param>
    /// <exception cref="MailNotAcceptedException">The provider refused it.</exception>
    Task SendAsync(EmailAddress to, Mailing mailing, string messageId, CancellationToken cancellation);
}

/// <summary>The provider refused a mail. The message names the status only:
/// the provider's answer may repeat the address.</summary>
internal sealed class MailNotAcceptedException(int status)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The mail provider answered {status}."))
{
    /// <summary>Whether it is about this mail and its address (400), and not about our key, our pace or its health.</summary>
    public bool IsForGood => status == 400;

    /// <summary>Whether it is certain that the mail did not go: a 5xx may follow an acceptance.</summary>
    public bool IsKnown => status < 500;
}

/// <summary>
/// What is known of a mail whose sending failed: one that must go at most once is tried again only if it never left.
/// </summary>
internal static class MailFailures
{
    /// <summary>
    /// Whether the provider certainly did not take the mail: it said so (4xx), nobody was reached, or nothing was tried. After a
    /// 5xx, a broken connection or a time-out it may have gone.
    /// </summary>
    public static bool NeverLeft(Exception failure) => failure switch
    {
        MailNotAcceptedException refusal => refusal.IsKnown,
        HttpRequestException request => request.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        BrokenCircuitException or RateLimiterRejectedException => true,
        _ => false,
    };

    /// <summary>
    /// Whether the provider refuses, cannot be reached, or answers too late; Polly gives up by exceptions of its own.
    /// </summary>
    public static bool IsOfTheProvider(Exception failure) => failure
        is MailNotAcceptedException or HttpRequestException or TimeoutException or ExecutionRejectedException
        or OperationCanceledException { InnerException: TimeoutException };
}

/// <summary>Sends by SendGrid's API, without its tracking.</summary>
internal sealed class SendGridMailer(ISendGridClient client, IOptions<MailOptions> options) : IMailer
{
    public async Task SendAsync(EmailAddress to, Mailing mailing, string messageId, CancellationToken cancellation)
    {
        var letter = mailing.Letter;
        var mail = MailHelper.CreateSingleEmail(
            new(options.Value.From, options.Value.FromName), new(to.Value), letter.Subject, letter.ToText(), letter.ToHtml());
        mail.AddHeader("Message-ID", $"<{messageId}>");
        if (mailing is Mailing.Newsletter { Out.Link: var wayOut })
        {
            mail.AddHeader("List-Unsubscribe", $"<{wayOut.AbsoluteUri}>");
            mail.AddHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        mail.AddCustomArg("message", messageId);
        mail.SetClickTracking(enable: false, enableText: false);
        mail.SetOpenTracking(enable: false, substitutionTag: "");
        mail.SetSubscriptionTracking(enable: false);

        var response = await client.SendEmailAsync(mail, cancellation);
        if (!response.IsSuccessStatusCode) throw new MailNotAcceptedException((int)response.StatusCode);
    }
}
