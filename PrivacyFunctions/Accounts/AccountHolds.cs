using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// What protects an account's data from its purge: holds on the account, and for what is about its owner, who is a person
/// like any other, holds on the owner too, under whichever of their addresses (Precedence).
/// </summary>
internal sealed class AccountHolds(Holds holds, Contacts contacts, AccountOwners owners, SubjectLocator locator)
{
    /// <summary>The holds in force that cover the account's part of that data set.</summary>
    public async Task<IReadOnlyList<Hold>> CoveringAsync(Termination state, DataSet set, CancellationToken cancellation)
    {
        var inForce = await holds.OfAccountAsync(state.Account, cancellation);
        if (set.Role is Role.Controller)
            inForce = [.. inForce, .. await holds.OfPersonAsync(await OwnersAddressesAsync(state, cancellation), cancellation)];
        return [.. inForce.Where(hold => hold.Covers(set.Id.Value))];
    }

    // Of whoever we write to about the account, and of whoever owns it by the company's own data, while that is there.
    private async Task<IReadOnlyCollection<EmailAddress>> OwnersAddressesAsync(Termination state, CancellationToken cancellation)
    {
        var known = await contacts.FindAsync(state.Id, cancellation) is { } contact
            ? await locator.LocateAsync(contact.Address, cancellation)
            : null;
        var addresses = known?.ProtectingAddresses.ToHashSet() ?? [];
        if (await owners.OwnerIdAsync(state.Account, cancellation) is { } owner && known?.Persons.Contains(owner) is not true)
            await foreach (var address in locator.AddressesOfAsync(owner, cancellation))
                addresses.Add(address);
        return addresses;
    }
}
