using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests;

/// <summary>Whether the mailbox of a case is still that of the person who proved it: months later it may have come to somebody else.</summary>
internal sealed class MailboxOwners(SubjectLocator locator, People people)
{
    /// <summary>Whether it is. Where the company knows nobody by the mailbox, or knew nobody then, it is taken for theirs.</summary>
    /// <param name="address">The mailbox.</param>
    /// <param name="id">The case, with which it was noted who they are.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<bool> AreStillAsync(EmailAddress address, CaseId id, CancellationToken cancellation)
    {
        try
        {
            var persons = (await locator.LocateAsync(address, cancellation)).Persons;
            return persons.Length == 0 || await people.WereAsync(address, id, [], cancellation)
                || await people.WereAsync(address, id, [.. persons.Select(person => person.Value)], cancellation);
        }
        catch (InvalidDataException)
        {
            return false; // an entry leads to nobody by a usable id
        }
    }
}
