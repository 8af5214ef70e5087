using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Receipts;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>
/// Tells whoever owns the mailbox that we have the complaint, and what happens next (L10). Nobody has proven the mailbox, so the mail does
/// not repeat what was written. Where no mail reaches it, the Data Protection Officer hears so while the case is open.
/// </summary>
internal sealed class AcknowledgeComplaint(CaseStore cases, ReceiptDesk receipts, MailOrNote mail, OfficerMails officer, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(AcknowledgeComplaint));

    [Function(nameof(AcknowledgeComplaint))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var received = await cases.GetAsync<ComplaintRequest>(step.CaseId, cancellation);
        var now = await time.NowAsync(cancellation);
        var isTold = await mail.SendAsync(
            received.Id, "complaint-received",
            new ComplaintReceived(received.Id, received.Due.On)
            {
                Receipt = await receipts.LinkAsync(received, cancellation), Came = Came.Of(received), IsOver = time.DateOf(now) > received.Due.On,
            },
            cancellation);
        if (!isTold) await officer.TellOnceAsync(received.Id, "cannot-tell", new CannotTellOfComplaint(received.Id, IsDecided: false), cancellation);
        await cases.ExecuteAsync<ComplaintRequest>(
            received.Id, "acknowledge", Actors.System, state => ComplaintDecisions.NoteAcknowledged(state, now), [], cancellation);
    }
}
