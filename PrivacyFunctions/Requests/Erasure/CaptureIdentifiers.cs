using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Captures, once, by what the person's data is found: the directory that tells it is erased too, and the search
/// afterwards must not find less because of that. It fails where somebody else has come to have the mailbox since the person confirmed:
/// what that leads to is not theirs, so an operator has to look at the case.
/// </summary>
internal sealed class CaptureIdentifiers(
    CaseStore cases, Contacts contacts, People people, MailboxOwners owners, ErasureVault vault)
{
    public static readonly Step<CaseStep> Step = new(nameof(CaptureIdentifiers));

    [Function(nameof(CaptureIdentifiers))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation);
        if (request.Status != CaseStatus.Confirmed) return; // it began again: who is meant is captured, and may be forgotten

        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var kept = await vault.FindAsync(step.CaseId, cancellation)
            ?? await vault.KeepAsync(step.CaseId, await LocateAsync(contact.Address, step.CaseId, cancellation), cancellation);
        await people.NotePersonsAsync(contact.Address, step.CaseId, kept.Keys.Persons, cancellation);
        await cases.ExecuteAsync<ErasureRequest>(
            step.CaseId, "identifiers", Actors.System,
            state => ErasureDecisions.NoteIdentifiers(state, kept.Keys.Persons.Length), [], cancellation);
    }

    private async Task<ErasureIdentifiers> LocateAsync(EmailAddress address, CaseId id, CancellationToken cancellation) =>
        ErasureIdentifiers.Of(await owners.FindAsync(address, id, cancellation)
            ?? throw new InvalidDataException("The mailbox of the case has come to somebody else since the person confirmed it."));
}
