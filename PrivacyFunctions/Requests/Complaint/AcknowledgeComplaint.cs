using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>
/// Tells whoever owns the mailbox that we have the complaint, and what happens next (L10). Nobody has proven the mailbox, so the mail does
/// not repeat what was written.
/// </summary>
internal sealed class AcknowledgeComplaint(
    CaseStore cases, Contacts contacts, SubjectLocator locator, People people, MailOrNote mail, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(AcknowledgeComplaint));

    [Function(nameof(AcknowledgeComplaint))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var received = await cases.GetAsync<ComplaintRequest>(step.CaseId, cancellation);
        await NoteWhoseMailboxItIsAsync(received, cancellation);
        await mail.SendAsync(received.Id, "complaint-received", new ComplaintReceived(received.Id, received.Due.On), cancellation);
        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<ComplaintRequest>(
            received.Id, "acknowledge", Actors.System, state => ComplaintDecisions.NoteAcknowledged(state, now), [], cancellation);
    }

    // What somebody wrote is told to nobody who comes to have the mailbox later.
    private async Task NoteWhoseMailboxItIsAsync(ComplaintRequest received, CancellationToken cancellation)
    {
        var address = (await contacts.GetAsync(received.Id, cancellation)).Address;
        try
        {
            await people.NotePersonsAsync(address, received.Id, await locator.PersonsAsync(address, cancellation), cancellation);
        }
        catch (InvalidDataException)
        {
            // An entry leads to nobody by a usable id: nobody can say whose it is, and nobody is told.
        }
    }
}
