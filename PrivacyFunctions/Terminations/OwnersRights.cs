using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Whether whoever we write to about an ended account may still decide about it and fetch its data: accounts are handed over, and
/// mailboxes are, too, while an end can be undone and a copy is offered. Each time it is asked anew.
/// </summary>
internal sealed class OwnersRights(Contacts contacts, AccountOwners owners) : IExportRights
{
    /// <summary>Whether the mailbox is still the owner's, and the account still the one that ends.</summary>
    public async Task<bool> AreStillTheirsAsync(Termination ending, CancellationToken cancellation) =>
        await contacts.FindAsync(ending.Id, cancellation) is { } contact
        && await owners.StillOwnsAsync(contact.Address, ending, cancellation);

    /// <inheritdoc/>
    public async Task<bool> MayFetchAsync(Case offered, CancellationToken cancellation) =>
        offered is not Termination ending || await AreStillTheirsAsync(ending, cancellation);
}
