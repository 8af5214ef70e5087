using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Web;
using static PrivacyFunctions.Mail.LetterWords;

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
        await mail.SendAsync(stopped.Id, "marketing-stopped", Stopped(stopped), cancellation);
    }

    private static Letter Stopped(ObjectionRequest request) => new(
        "We have stopped our advertising to you",
        "You, or somebody who gave your address, objected to advertising by us. We have stopped it: no newsletter comes to this address any more.",
        $"We still write to you where we must: about {MessageKind.EssentialInWords}.",
        "If we know you under other addresses, too, object once for each. If you did not object and want a newsletter, subscribe to it again.",
        Rights.Complaint,
        Reference(request.Id));
}
