using PrivacyFunctions.Cases;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Mails to an account's owner. An account that the company ends may have nobody who can be reached: then there is no
/// contact, and what the mail would say stands in the case. Nobody else who has come to have the mailbox is written to.
/// </summary>
internal sealed class OwnerMails(Contacts contacts, AccountOwners owners, MailOrNote mail)
{
    /// <summary>Sends the letter once, if it reaches the owner.</summary>
    /// <param name="ending">The case.</param>
    /// <param name="name">Which letter of the case: the idempotency key.</param>
    /// <param name="letter">What it says.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public async Task<OwnerTold> SendAsync(Termination ending, string name, PersonDraft letter, CancellationToken cancellation) =>
        await contacts.FindAsync(ending.Id, cancellation) is not { } contact ? OwnerTold.NoMailbox
        : await owners.IsAnothersAsync(contact.Address, ending, cancellation) ? OwnerTold.MailboxChanged
        : await mail.SendAsync(ending.Id, name, letter, cancellation) ? OwnerTold.Told
        : OwnerTold.NoMailbox;
}

/// <summary>Whether an account's owner was told something.</summary>
internal enum OwnerTold
{
    /// <summary>They were.</summary>
    Told,

    /// <summary>They have no mailbox, or it takes no mail.</summary>
    NoMailbox,

    /// <summary>The mailbox has come to somebody else.</summary>
    MailboxChanged,
}
