using PrivacyFunctions.Domain;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Tests.Support;

/// <summary>A mail provider that accepts every mail and keeps it for the test.</summary>
internal sealed class ListeningMailer : IMailer
{
    private readonly List<(EmailAddress To, Letter Letter)> _mails = [];

    public int Sent => _mails.Count;

    /// <summary>The mails in their order.</summary>
    public IReadOnlyList<(EmailAddress To, Letter Letter)> Mails => _mails;

    public Task SendAsync(EmailAddress to, Mailing mailing, string messageId, CancellationToken cancellation)
    {
        _mails.Add((to, mailing.Letter));
        return Task.CompletedTask;
    }
}
