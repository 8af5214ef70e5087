using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases;

/// <summary>
/// Mails to a mailbox that nobody has proven yet. An address that takes no mail is no failure of ours: that is noted on the
/// case, which goes its way to "could not identify you" (rule L9).
/// </summary>
internal sealed class MailOrNote(CaseStore cases, CaseMails mails)
{
    /// <summary>Sends the letter once, or notes that the provider refuses it for good.</summary>
    /// <param name="id">The case.</param>
    /// <param name="mail">Which letter of the case: the idempotency key.</param>
    /// <param name="letter">What it says.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <returns>Whether the provider took it.</returns>
    public async Task<bool> SendAsync(CaseId id, string mail, PersonDraft letter, CancellationToken cancellation)
    {
        if (await mails.TrySendOnceAsync(id, mail, letter, cancellation)) return true;
        await cases.ExecuteAsync<Case>(
            id, $"refused-{mail}", Actors.System, _ => new Decision.Change(new CaseFact.MailRefused(mail)), [], cancellation);
        return false;
    }
}
