using Microsoft.Extensions.Logging;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>
/// Notes whose messages they are, as somebody else may have the mailbox later: what is written is told in a later copy to the same person alone. Where
/// nobody has to prove the mailbox it is told to nobody.
/// </summary>
internal sealed class MessageOwners(RequestKinds kinds, Contacts contacts, MailboxOwners owners, ILogger<MessageOwners> log)
{
    /// <summary>Notes it, unless it is noted.</summary>
    public async Task NoteAsync(SubjectRequest open, CancellationToken cancellation)
    {
        if (kinds.Find(open.Kind) is { AsksForProof: true } && await contacts.FindAsync(open.Id, cancellation) is { } contact)
            await owners.NoteAsync(contact.Address, open.Id, cancellation);
    }

    /// <summary>The same, where something else must not fail with it; what is not noted is told to nobody.</summary>
    public async Task TryNoteAsync(SubjectRequest open, CancellationToken cancellation)
    {
        try
        {
            await NoteAsync(open, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("It is not noted whose words those of case {Case} are: {Kind}", open.Id, failure.GetType().Name);
        }
    }
}
