using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Requests.Receipts;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>
/// Tells the owner of the mailbox that the marketing has stopped (art. 12(3)), and those who advertise to them by data that they got from us that it has
/// to stop there (art. 21(3)). Nobody has proven the mailbox, so only the few cases that are opened for it each day are told of (<see cref="Admission"/>).
/// </summary>
internal sealed class TellMarketingStopped(CaseStore cases, ReceiptDesk receipts, MailOrNote mail, AdvertisingRecipients recipients, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellMarketingStopped));

    [Function(nameof(TellMarketingStopped))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var stopped = await cases.GetAsync<ObjectionRequest>(step.CaseId, cancellation);
        var letter = new MarketingStopped(stopped.Id)
        {
            Receipt = await receipts.LinkAsync(stopped, cancellation), Came = Came.Of(stopped),
            CountsFrom = time.ReceivedOn(stopped) is var day && day < time.DateOf(stopped.ReceivedAt) ? day : null,
        };
        await mail.SendAsync(stopped.Id, "marketing-stopped", letter, cancellation);
        await recipients.TellAsync(stopped.Id, cancellation);
    }
}
