using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.SignIns;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Makes sure that the request has a place among those that its mailbox is asked about that day. It got one when it was received;
/// one that an earlier version took in gets one now, or joins an open case. Whoever asked with a sign-in is told so by mail before anything is done.
/// </summary>
internal sealed class AdmitRequest(
    CaseStore cases, Contacts contacts, RequestKinds kinds, Admission admission, EarlierClocks clocks, EarlierRequests earlier, MessageOwners owners,
    SignedInMails signedIn, Parting parting)
{
    public static readonly Step<CaseStep, CaseStatus> Step = new(nameof(AdmitRequest));

    [Function(nameof(AdmitRequest))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var (reading, finding) = (cases.GetAsync<SubjectRequest>(step.CaseId, cancellation), contacts.FindAsync(step.CaseId, cancellation));
        await Task.WhenAll(reading, finding, cases.StartedAsync(step.CaseId, cancellation));
        var own = await reading;
        // What somebody wrote is answered with its own case: joined to another one now, nobody would read it.
        if (own.Status == CaseStatus.AwaitingConfirmation && !(kinds.TryFind(own.Kind.Name, out var kind) && kind.Text is not null))
        {
            var contact = Contacts.Expect(own.Id, await finding);
            var applicant = new Applicant(own.Id) { IsEntered = Channels.AreEntered(own.Channel) };
            var places = AgentMails.PlacesOf(own.Kind, own.AskedByAgent);
            while (await admission.AdmitAsync(places, contact.Address, applicant, own.ReceivedAt, own.ReceivedAt, cancellation)
                is Admitted.Joins { Other: var other })
            {
                if (!await clocks.HoldAsync(own, other, contact.Address, hasWords: false, Actors.System, own.ReceivedAt)) continue; // closed just now
                own = await cases.ExecuteAsync<SubjectRequest>(
                    own.Id, "admit", Actors.System, state => RequestDecisions.Join(state, other), [], cancellation);
                break;
            }
        }

        await signedIn.TellAsync(own, cancellation);
        if (own is { Status: CaseStatus.Confirmed, Proof: Proofs.SignIn }) await owners.TryNoteAsync(own, cancellation); // where a crash came before the note
        await earlier.TryNoteAsync(own, cancellation);
        if (own.Status == CaseStatus.Closed) await parting.TakeLeaveAsync(own, cancellation);
        return own.Status;
    }
}
