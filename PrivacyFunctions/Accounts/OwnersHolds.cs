using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// What holds on accounts protect of their owners' own data: the sets about a person that are there as long as they have an account.
/// An account's purge heeds the same holds (<see cref="AccountHolds"/>), so no owner's erasure comes before it (Precedence).
/// </summary>
internal sealed class OwnersHolds(Holds holds, AccountOwners owners, DataMapRegister map)
{
    private IEnumerable<string> AboutOwners =>
        map.Gathered.Where(set => set.Retention is Retention.AccountLife).Select(set => set.Id.Value);

    /// <summary>The holds in force on accounts that the person owns, one for each set that they protect.</summary>
    public async Task<IReadOnlyList<Hold>> OfAsync(SubjectKeys who, CancellationToken cancellation)
    {
        var found = new List<Hold>();
        if (who.Persons.IsEmpty) return found;
        await foreach (var (account, hold) in holds.OnAccountsAsync(cancellation)) // far fewer than accounts, which are not found by their owner
            if ((await owners.FindAsync(account, cancellation))?.Owner is { } owner && who.Persons.Contains(owner))
                found.AddRange(AboutOwners.Where(hold.Covers).Select(set => hold with { DataSet = set }));
        return found;
    }
}
