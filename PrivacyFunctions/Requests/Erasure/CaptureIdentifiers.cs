using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Captures, once, by what the person's data is found: the directory that tells it is erased too, and the search
/// afterwards must not find less because of that.
/// </summary>
internal sealed class CaptureIdentifiers(
    CaseStore cases, Contacts contacts, People people, SubjectLocator locator, ErasureVault vault)
{
    public static readonly Step<CaseStep> Step = new(nameof(CaptureIdentifiers));

    [Function(nameof(CaptureIdentifiers))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var found = ErasureIdentifiers.Of(await locator.LocateAsync(contact.Address, cancellation));
        var kept = await vault.KeepAsync(step.CaseId, found, cancellation);
        await people.NotePersonsAsync(contact.Address, step.CaseId, kept.Keys.Persons, cancellation);
        await cases.ExecuteAsync<ErasureRequest>(
            step.CaseId, "identifiers", Actors.System,
            state => ErasureDecisions.NoteIdentifiers(state, kept.Keys.Persons.Length), [], cancellation);
    }
}
