using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;
using SendGrid;
using SendGrid.Helpers.Mail;
using EmailAddress = PrivacyFunctions.Domain.EmailAddress;

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
    /// <param name="letter">What it says.</param>
    /// <param name="messageId">The mail's Message-ID without angle brackets; the same for every attempt at one mail.</param>
    /// <param name="cancellation">Gives up waiting; the mail may have gone all the same.</param>
    /// <exception cref="MailNotAcceptedException">The provider refused it.</exception>
    Task SendAsync(EmailAddress to, Letter letter, string messageId, CancellationToken cancellation);
}

/// <summary>The provider refused a mail. The message names the status only:
/// the provider's answer may repeat the address.</summary>
internal sealed class MailNotAcceptedException(int status)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The mail provider answered {status}."))
{
    /// <summary>Whether it is about this mail and its address (400), and not about our key, our pace or its health.</summary>
    public bool IsForGood => status == 400;
}

/// <summary>Sends by SendGrid's API, without its tracking.</summary>
internal sealed class SendGridMailer(ISendGridClient client, IOptions<MailOptions> options) : IMailer
{
    public async Task SendAsync(EmailAddress to, Letter letter, string messageId, CancellationToken cancellation)
    {
        var mail = MailHelper.CreateSingleEmail(
            new(options.Value.From, options.Value.FromName), new(to.Value), letter.Subject, letter.ToText(), letter.ToHtml());
        mail.AddHeader("Message-ID", $"<{messageId}>");
        mail.AddCustomArg("message", messageId);
        mail.SetClickTracking(enable: false, enableText: false);
        mail.SetOpenTracking(enable: false, substitutionTag: "");
        mail.SetSubscriptionTracking(enable: false);

        var response = await client.SendEmailAsync(mail, cancellation);
        if (!response.IsSuccessStatusCode) throw new MailNotAcceptedException((int)response.StatusCode);
    }
}
