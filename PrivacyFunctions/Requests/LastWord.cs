using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Mails a person the last word about their request (art. 12(3), (4)). Whom no mail reaches, or whose mailbox has come to somebody else, an operator
/// has to tell another way first: until they say so, the case stays open, and keeps what they need for it.
/// </summary>
internal sealed class LastWord(CaseStore cases, CaseMails mails, MailOrNote mail, OfficerMails officer)
{
    /// <summary>Sends it once, or waits until an operator has told the person.</summary>
    /// <param name="request">The case.</param>
    /// <param name="isTheirs">Whether the mailbox is still the person's.</param>
    /// <param name="name">Which letter of the case: the idempotency key.</param>
    /// <param name="letter">What it says.</param>
    /// <param name="untold">What the Data Protection Officer is told, once, where no mail reaches the person.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <exception cref="NotToldException">Nobody has told the person: the step is to be tried again.</exception>
    public async Task SayAsync(
        SubjectRequest request, bool isTheirs, string name, PersonDraft letter, OfficerDraft untold, CancellationToken cancellation)
    {
        if (await mails.SentAtAsync(request.Id, name, cancellation) is not null) return;
        var facts = (await cases.AuditAsync(request.Id, cancellation)).Select(row => row.Entry.Fact).ToList();
        if (facts.OfType<CaseFact.PersonTold>().Any()) return;
        var waits = facts.OfType<CaseFact.AnswerUntold>().Any();
        if (!waits && isTheirs && await mail.SendAsync(request.Id, name, letter, cancellation)) return;

        if (!waits)
            await cases.ExecuteAsync<SubjectRequest>(
                request.Id, "answer-untold", Actors.System, _ => new Decision.Change(new CaseFact.AnswerUntold(name)), [], cancellation);
        await officer.TellOnceAsync(request.Id, $"untold-{name}", untold, cancellation);
        throw new NotToldException();
    }
}

/// <summary>A person does not know what came of their request, and no mail reaches them.</summary>
internal sealed class NotToldException() : Exception("An operator has to tell the person first.");
