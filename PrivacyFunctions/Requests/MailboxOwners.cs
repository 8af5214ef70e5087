using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests;

/// <summary>Whether the mailbox of a case is still that of the person who proved it: months later it may have come to somebody else.</summary>
internal sealed class MailboxOwners(SubjectLocator locator, People people, Contacts contacts)
{
    /// <summary>The person, as the company knows them now; null if it is somebody else's by now, or cannot be told.</summary>
    /// <param name="address">The mailbox.</param>
    /// <param name="id">The case, with which it was noted who they are.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<SubjectKeys?> LocateAsync(EmailAddress address, CaseId id, CancellationToken cancellation)
    {
        try
        {
            var found = await locator.LocateAsync(address, cancellation);
            // Where the company knows nobody by the mailbox, or knew nobody then, it is taken for theirs.
            return found.Persons.IsEmpty || await people.WereAsync(address, id, [], cancellation)
                || await people.WereAsync(address, id, [.. found.Persons.Select(person => person.Value)], cancellation)
                    ? found
                    : null;
        }
        catch (InvalidDataException)
        {
            return null; // an entry leads to nobody by a usable id
        }
    }

    /// <summary>
    /// The same, where it need not have been noted who they were; null only if it was, and they are others now.
    /// </summary>
    /// <exception cref="InvalidDataException">An entry of the mailbox leads to nobody by a usable id.</exception>
    public async Task<SubjectKeys?> FindAsync(EmailAddress address, CaseId id, CancellationToken cancellation)
    {
        var found = await locator.LocateAsync(address, cancellation);
        return found.Persons.IsEmpty || !await people.WereOthersAsync(address, id, [.. found.Persons.Select(person => person.Value)], cancellation)
            ? found
            : null;
    }

    /// <summary>
    /// Whether the mailbox of a case is surely somebody else's by now, so that nothing may be written to it. Where that cannot be told, it is
    /// taken for theirs.
    /// </summary>
    public async Task<bool> AreOthersAsync(CaseId id, CancellationToken cancellation) =>
        await contacts.FindAsync(id, cancellation) is { } contact && await AreOthersAsync(contact.Address, id, cancellation);

    /// <inheritdoc cref="AreOthersAsync(CaseId, CancellationToken)"/>
    public async Task<bool> AreOthersAsync(EmailAddress address, CaseId id, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(address, id, cancellation) is null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>
    /// Notes who they are now, unless it was noted: so that what they say with a case is later told to the same person alone. Only where the
    /// mailbox is proven.
    /// </summary>
    public async Task NoteAsync(EmailAddress address, CaseId id, CancellationToken cancellation)
    {
        if (await people.AreNotedAsync(address, id, cancellation)) return;
        await people.NotePersonsAsync(address, id, (await locator.LocateAsync(address, cancellation)).Persons, cancellation);
    }

    /// <summary>Whether the mailbox is still theirs; false as well where that cannot be told.</summary>
    public async Task<bool> AreStillAsync(EmailAddress address, CaseId id, CancellationToken cancellation) =>
        await LocateAsync(address, id, cancellation) is not null;
}
