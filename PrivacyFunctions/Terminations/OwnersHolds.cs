using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// What holds on accounts protect of their owners' own data: the sets about a person that are there as long as they have an account.
/// An account's purge heeds the same holds (<see cref="AccountHolds"/>), so no owner's erasure comes before it (Precedence). Once a
/// hold has met an owner it protects them until its release.
/// </summary>
internal sealed class OwnersHolds(Holds holds, OwnerLinks links, AccountOwners owners, DataMapRegister map)
{
    private IEnumerable<string> AboutOwners =>
        map.Gathered.Where(set => set.Retention is Retention.AccountLife).Select(set => set.Id.Value);

    /// <summary>What a hold on an account is called among a person's, one of which may have the same id.</summary>
    public static string IdOf(AccountId account, string hold) => $"account-{account}.{hold}";

    /// <summary>Notes whom a hold protects that is about to be placed on the account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="hold">The hold's id.</param>
    /// <param name="since">When it is placed, or was.</param>
    /// <param name="cancellation">Stops before the next owner.</param>
    public async Task NoteOwnersAsync(AccountId account, string hold, DateTimeOffset since, CancellationToken cancellation)
    {
        foreach (var owner in await owners.OwnersAsync(account, since, cancellation))
            await links.AddAsync(account, hold, owner, cancellation);
    }

    /// <summary>
    /// The holds in force on accounts that the person owns, or owned since they were placed, one for each set that they protect.
    /// </summary>
    public async Task<IReadOnlyList<Hold>> OfAsync(SubjectKeys who, CancellationToken cancellation)
    {
        var persons = who.ProtectingPersons.ToHashSet();
        var found = await LinkedAsync(persons, cancellation);

        // Accounts are not found by their owner without a look through all of them; those that are held are few.
        if (persons.Count > 0)
            await foreach (var (account, hold, since) in holds.OnAccountsAsync(cancellation))
                if (!found.Contains((account, hold)))
                    foreach (var owner in (await owners.OwnersAsync(account, since, cancellation)).Where(persons.Contains))
                    {
                        await links.AddAsync(account, hold.Id, owner, cancellation);
                        found.Add((account, hold));
                    }

        return AsThePersons(found);
    }

    /// <summary>The same of whoever owns an account that ends, but for the holds on that one.</summary>
    public async Task<IReadOnlyList<Hold>> OfOthersAsync(AccountId ending, IEnumerable<PersonId> owning, CancellationToken cancellation) =>
        AsThePersons((await LinkedAsync(owning, cancellation)).Where(held => held.Account != ending));

    /// <summary>The same of whoever is known by that key alone.</summary>
    public async Task<IReadOnlyList<Hold>> OfOwnerAsync(PersonKey owner, CancellationToken cancellation) =>
        AsThePersons(await links.OfAsync(owner, cancellation).ToListAsync(cancellation));

    private async Task<HashSet<(AccountId Account, Hold Hold)>> LinkedAsync(IEnumerable<PersonId> persons, CancellationToken cancellation)
    {
        var found = new HashSet<(AccountId Account, Hold Hold)>();
        foreach (var person in persons)
            await foreach (var held in links.OfAsync(person, cancellation))
                found.Add(held);
        return found;
    }

    private List<Hold> AsThePersons(IEnumerable<(AccountId Account, Hold Hold)> found) =>
    [
        .. from held in found
           from set in AboutOwners
           where held.Hold.Covers(set)
           select held.Hold with { Id = IdOf(held.Account, held.Hold.Id), DataSet = set },
    ];
}
