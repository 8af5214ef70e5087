using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>Whether a package may still be fetched with what its mailbox gets: not by somebody who has come to have the mailbox since.</summary>
internal sealed class PackageRights(Contacts contacts, MailboxOwners owners) : IExportRights
{
    /// <inheritdoc/>
    public async Task<bool> MayFetchAsync(Case offered, CancellationToken cancellation) => offered is not PackagedRequest
        || (await contacts.FindAsync(offered.Id, cancellation) is { } contact && await owners.AreStillAsync(contact.Address, offered.Id, cancellation));
}
