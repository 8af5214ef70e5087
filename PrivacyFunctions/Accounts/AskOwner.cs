using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Mails the link behind which whoever asked to end an account confirms it. Limits throttle mails, never the intake: beyond
/// a day's mails to a mailbox the case waits for another day, and is asked about on the eve of its end at the latest.
/// </summary>
internal sealed class AskOwner(
    CaseStore cases, Contacts contacts, People people, CaseMails mails, MailOrNote mail, SiteLinks links, LegalTime legal,
    TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Window = TimeSpan.FromDays(15); // in which a case may still wait for its mail

    /// <returns>Whether it has to be asked again, a day later.</returns>
    [Function(nameof(AskOwner))]
    public async Task<bool> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var own = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (own.Status != TerminationStatus.AwaitingConfirmation) return false;

        var now = await legal.NowAsync(cancellation);
        if (now < own.ConfirmBy - Day && await AskedTodayAsync(own, cancellation) >= RequestDecisions.MailsADay) return true;

        // Recorded first: a person may press the button before the provider has answered us.
        var asked = await cases.ExecuteAsync<Termination>(
            step.CaseId, "ask", Actors.System, TerminationDecisions.Ask, [], cancellation);
        var letter = TerminationLetters.Confirm(asked, links.EndAccount(asked.Id, asked.ConfirmBy));
        await mail.SendAsync(asked.Id, "confirmation", letter, cancellation);
        return false;
    }

    // How many other cases the mailbox was asked about within a day.
    private async Task<int> AskedTodayAsync(Termination own, CancellationToken cancellation)
    {
        var contact = await contacts.GetAsync(own.Id, cancellation);
        var asked = 0;
        foreach (var id in await people.CasesSinceAsync(contact.Address, time.GetUtcNow() - Window, cancellation))
        {
            if (id == own.Id || await mails.SentAtAsync(id, "confirmation", cancellation) is not { } sent) continue;
            if (sent > time.GetUtcNow() - Day && ++asked == RequestDecisions.MailsADay) break;
        }

        return asked;
    }
}
