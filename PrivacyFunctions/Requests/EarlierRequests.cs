using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Notes with a request that its person asked for the same before, under whichever address that is proven to be theirs: an operator sees the first one
/// that is known, and can tell from it whether requests are excessive (GDPR art. 12(5); L6). Nothing is answered otherwise because of it.
/// </summary>
internal sealed class EarlierRequests(
    CaseStore cases, Contacts contacts, People people, RequestKinds kinds, MailboxOwners owners, ILogger<EarlierRequests> log)
{
    /// <summary>How many of the person's newest cases are looked at.</summary>
    public const int Most = 20;

    /// <summary>Notes it once the mailbox is proven. Where it cannot be looked up nothing fails with it.</summary>
    public async Task TryNoteAsync(SubjectRequest proven, CancellationToken cancellation)
    {
        try
        {
            if (proven is not { Repeats: null, IsClosed: false, CanBeConfirmed: false } || kinds.Find(proven.Kind) is not { AsksForProof: true }) return;
            if (await FirstAsync(proven, cancellation) is { } first)
                await cases.ExecuteAsync<SubjectRequest>(
                    proven.Id, "repeats", Actors.System, state => RequestDecisions.NoteRepeats(state, first), [], cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("It is not noted what case {Case} repeats: {Kind}", proven.Id, failure.GetType().Name);
        }
    }

    // Of several who share a mailbox nobody knows who asked, and what another owner of it had asked for before is not theirs.
    private async Task<CaseId?> FirstAsync(SubjectRequest proven, CancellationToken cancellation)
    {
        if (await contacts.FindAsync(proven.Id, cancellation) is not { Address: var mailbox }) return null;
        if (await owners.LocateAsync(mailbox, proven.Id, cancellation) is not { Persons.Length: <= 1 } who) return null;
        var (addresses, ids) = (who.Addresses.ToList(), who.Persons.Select(person => person.Value).ToList());
        foreach (var id in (await people.NewestCasesAsync(addresses, cancellation)).Where(id => id != proven.Id).Take(Most))
            if (await FindAsync(id, cancellation) is { } earlier && RequestDecisions.IsRepeatedBy(earlier, proven)
                && await WasTheirsAsync(addresses, id, ids, cancellation))
                return earlier.Repeats ?? earlier.Id;
        return null;
    }

    private async Task<bool> WasTheirsAsync(List<EmailAddress> addresses, CaseId id, List<string> persons, CancellationToken cancellation)
    {
        foreach (var address in addresses)
            if (await people.WereAsync(address, id, persons, cancellation))
                return true;
        return false;
    }

    // One that cannot be read hides none of the others.
    private async Task<SubjectRequest?> FindAsync(CaseId id, CancellationToken cancellation)
    {
        try
        {
            return await cases.FindAsync(id, cancellation) is { Case: SubjectRequest found } ? found : null;
        }
        catch (Exception failure) when (CaseRow.IsUnreadable(failure))
        {
            return null;
        }
    }
}
