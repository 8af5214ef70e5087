using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// The person whose account ends: whoever owned it when its end took effect. They are known to the end of the case, when the
/// company's own data has long ceased to name them.
/// </summary>
internal sealed class EndingOwner(Contacts contacts, AccountClaims claims, AccountOwners owners, SubjectLocator locator)
{
    /// <summary>Who it is; null when nobody owned the account.</summary>
    public async Task<PersonId?> FindAsync(Termination state, CancellationToken cancellation) =>
        await claims.OwnerAsync(state.Account, state.Id, cancellation)
        ?? (await owners.FindAsync(state.Account, cancellation))?.Owner; // a case from before the claim noted it

    /// <summary>Their addresses, and those of whoever we write to about the account, that may protect something.</summary>
    public async Task<IReadOnlyCollection<EmailAddress>> AddressesAsync(Termination state, CancellationToken cancellation)
    {
        var known = await contacts.FindAsync(state.Id, cancellation) is { } contact
            ? await locator.LocateAsync(contact.Address, cancellation)
            : null;
        var addresses = known?.ProtectingAddresses.ToHashSet() ?? [];
        if (await FindAsync(state, cancellation) is { } owner && known?.Persons.Contains(owner) is not true)
            await foreach (var address in locator.AddressesOfAsync(owner, cancellation))
                addresses.Add(address);
        return addresses;
    }

    /// <summary>
    /// By what the sets about the person are found, if this was their last account; null when they own another one, or nobody
    /// owned this one.
    /// </summary>
    public async Task<SubjectKeys?> OfLastAccountAsync(Termination state, CancellationToken cancellation)
    {
        if (await FindAsync(state, cancellation) is not { } owner) return null;
        var keys = SubjectKeys.OfPerson(owner);
        await foreach (var account in owners.OwnedByAsync(keys, cancellation))
            if (account != state.Account || await owners.FindAnotherAsync(state, cancellation) is not null)
                return null;
        return keys;
    }
}
