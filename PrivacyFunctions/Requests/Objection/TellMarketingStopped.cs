using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Objection.Model;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>
/// Tells the owner of the mailbox that the marketing has stopped (art. 12(3)). Nobody has proven the mailbox, so that it is told a few
/// times a day only: the first mails say it for all.
/// </summary>
internal sealed class TellMarketingStopped(
    CaseStore cases, Contacts contacts, MailAllowance allowance, MailOrNote mail, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellMarketingStopped));

    [Function(nameof(TellMarketingStopped))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var stopped = await cases.GetAsync<ObjectionRequest>(step.CaseId, cancellation);
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var today = Admission.DayOf(await time.NowAsync(cancellation));
        if (!await allowance.MayTellAsync(contact.Address, stopped.Id, today, cancellation)) return;
        await mail.SendAsync(stopped.Id, "marketing-stopped", new MarketingStopped(stopped.Id), cancellation);
    }
}
