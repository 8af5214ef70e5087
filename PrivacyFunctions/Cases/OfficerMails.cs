using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Cases;

/// <summary>
/// Mails to the company's Data Protection Officer, whom the data map names: something waits for a person. They name a
/// case by its reference only.
/// </summary>
internal sealed class OfficerMails(DataMapRegister map, CaseMails mails)
{
    /// <summary>Sends the letter, unless it is recorded as sent.</summary>
    /// <param name="id">The case.</param>
    /// <param name="mail">Which letter of the case: the idempotency key.</param>
    /// <param name="letter">What it says; no personal data.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public Task TellOnceAsync(CaseId id, string mail, OfficerDraft letter, CancellationToken cancellation) =>
        TellOnceAsync(id.Value, mail, letter, cancellation);

    /// <summary>The same of what is no case.</summary>
    /// <param name="about">An id that names no person, such as a night's.</param>
    /// <param name="mail">Which letter about it: the idempotency key.</param>
    /// <param name="letter">What it says; no personal data.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public Task TellOnceAsync(string about, string mail, OfficerDraft letter, CancellationToken cancellation) =>
        mails.SendOnceToAsync(EmailAddress.Parse(map.Company.Officer.Email), about, mail, letter, cancellation);
}
