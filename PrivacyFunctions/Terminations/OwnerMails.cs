using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Mails to an account's owner. An account that the company ends may have nobody who can be reached: then there is no
/// contact, and what the mail would say stands in the case.
/// </summary>
internal sealed class OwnerMails(Contacts contacts, MailOrNote mail)
{
    /// <inheritdoc cref="MailOrNote.SendAsync"/>
    public async Task SendAsync(CaseId id, string name, PersonDraft letter, CancellationToken cancellation)
    {
        if (await contacts.FindAsync(id, cancellation) is not null) await mail.SendAsync(id, name, letter, cancellation);
    }
}
