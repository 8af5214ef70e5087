using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// The person whose account ends: whoever owned it when its end took effect or, if it was handed over since, when its purge began.
/// They are known to the end of the case, when the company's own data has long ceased to name them.
/// </summary>
internal sealed class EndingOwner(Contacts contacts, AccountClaims claims, AccountOwners owners, SubjectLocator locator)
{
    /// <summary>
    /// What they, whoever the account was handed over to since, and whoever we write to about it, are known by, as far as it may
    /// protect something.
    /// </summary>
    public async Task<HeldPerson> KnownByAsync(Termination state, CancellationToken cancellation)
    {
        var known = await contacts.FindAsync(state.Id, cancellation) is { } contact
            ? await locator.LocateAsync(contact.Address, cancellation)
            : null;
        var addresses = known?.ProtectingAddresses.ToHashSet() ?? [];
        var persons = known?.ProtectingPersons.ToHashSet() ?? [];
        PersonId?[] owning = [await claims.OwnerAsync(state.Account, state.Id, cancellation), await owners.OwnerNowAsync(state, cancellation)];
        foreach (var person in owning.OfType<PersonId>().Where(persons.Add))
            await foreach (var address in locator.AddressesOfAsync(person, cancellation))
                addresses.Add(address);
        return new(addresses, persons);
    }

    /// <summary>
    /// Notes who owns the account as its purge begins, while the company's own data still says so: afterwards nothing tells that it
    /// was handed over.
    /// </summary>
    public async Task NoteAsync(Termination state, CancellationToken cancellation)
    {
        if (state.PurgedAt is null // what is played back later may say what was so before
            && await claims.OwnerAsync(state.Account, state.Id, cancellation) is not null // a case from before that was noted stays so
            && await owners.OwnerNowAsync(state, cancellation) is { } now)
            await claims.NoteOwnerAsync(state.Account, state.Id, now, cancellation);
    }

    /// <summary>
    /// By what the sets about the person are found, if this was their last account; null when they own another one or handed this
    /// one over, when they have come back since they were gone, or when nobody is known to have owned it.
    /// </summary>
    /// <param name="state">The case.</param>
    /// <param name="goneSince">When the last of it was purged for the first time, UTC; null if it was not yet.</param>
    /// <param name="cancellation">Stops the look.</param>
    public async Task<SubjectKeys?> OfLastAccountAsync(Termination state, DateTimeOffset? goneSince, CancellationToken cancellation)
    {
        if (await claims.OwnerAsync(state.Account, state.Id, cancellation) is not { } owner) return null;
        if (await owners.OwnerNowAsync(state, cancellation) is { } now && now != owner) return null;
        if (goneSince is { } since && await locator.HasProvenSinceAsync(owner, since, cancellation)) return null;
        var keys = SubjectKeys.OfPerson(owner);
        return await owners.OwnsAnotherAsync(keys, state, cancellation) ? null : keys;
    }
}
